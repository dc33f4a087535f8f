import { expressionBuilder } from 'kysely'
import type { Tables } from '../../../db/tables/index.js'
import type { SubscriberTable } from '../../../db/tables/subscriber.js'

/** Queries over people call the table of subscribers `p`, so that the same conditions fit into each of them. */
export type PeopleTables = Tables & { p: SubscriberTable }

/** Builds expressions about the person `p`. */
export const aboutPerson = () => expressionBuilder<PeopleTables, 'p'>()

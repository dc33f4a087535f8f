import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../db/tables/index.js'

/** Until the transaction ends nobody else adds or removes this file, so that a row is never left without it. */
export async function lockPicture(tx: Kysely<Tables>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 8))`.execute(tx)
}

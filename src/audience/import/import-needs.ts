import type { Context } from '../../context.js'

/** What the import works with: the usual resources, and where the database is for a connection of its own. */
export type ImportNeeds = Pick<Context, 'db' | 'clock' | 'keys'> & { store: { databaseUrl: string } }

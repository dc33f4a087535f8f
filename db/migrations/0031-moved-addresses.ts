import { type Kysely, sql } from 'kysely'

/** Since when somebody reads at their present address: links to their own affairs that were mailed before lie in another mailbox. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table subscriber add column links_since timestamptz`.execute(db)
}

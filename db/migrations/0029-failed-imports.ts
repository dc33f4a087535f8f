import { type Kysely, sql } from 'kysely'

/** How often an import broke off in a row without coming any further. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table import add column failures integer not null default 0`.execute(db)
}

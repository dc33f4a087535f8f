import { type Kysely, sql } from 'kysely'

/** What readers of other languages see of a field: its label and choices, by language. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table field add words jsonb not null default '{}'`.execute(db)
}

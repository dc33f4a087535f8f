import { type Kysely, sql } from 'kysely'

/** What an intervention changed, in words; a change of settings has no subject that could tell. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table audit_entry add column detail text not null default ''`.execute(db)
  await sql`create index audit_entry_action on audit_entry (action, occurred_at desc)`.execute(db)
}

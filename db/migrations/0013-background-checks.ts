import { type Kysely, sql } from 'kysely'

/** What was found out about links, audiences, mails and sender domains, so that the checks of an issue need not wait for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table background_check (
    kind text not null check (kind in ('link', 'audience', 'mail', 'domain')),
    subject text not null,
    fingerprint text not null default '',
    facts jsonb not null,
    checked_at timestamptz not null,
    primary key (kind, subject)
  )`.execute(db)
  await sql`create index background_check_age on background_check (checked_at)`.execute(db)
}

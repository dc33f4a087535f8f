import { type Kysely, sql } from 'kysely'

/** Issues on the web: their address, whether everybody may read them, and what lists and feeds say of them; reports that are counted once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table issue add column is_public boolean`,
  `alter table issue add column slug text unique`,
  // Nobody was asked about what has gone out before.
  `update issue set is_public = false where released_at is not null`,
  `create index issue_public on issue (released_at desc, id desc) where is_public`,
  `alter table edition
    add column headline text,
    add column summary text,
    add column words text,
    add column picture jsonb`,
  `create index edition_without_headline on edition (issue_id) where headline is null`,
  `create index audit_entry_subjects on audit_entry using gin (subject_ids)`,
  `create index subscription_left on subscription (unsubscribe_issue_id) where unsubscribe_issue_id is not null`,
  `create table report (
    issue_id uuid primary key references issue on delete cascade,
    tally text not null,
    counted_at timestamptz not null,
    counts jsonb not null
  )`,
]

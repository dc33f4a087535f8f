import { type Kysely, sql } from 'kysely'

/** Times in any zone, planned days, subjects that are tried on a part, digests, and readers' own zones. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table digest (
    id uuid primary key,
    title text not null,
    issue_id uuid references issue on delete set null,
    rule jsonb not null,
    time_of_day time not null,
    time_zone text not null,
    region text not null default '',
    language text not null default '',
    sends_itself boolean not null default false,
    skips_empty boolean not null default true,
    next_at timestamptz,
    to_send_id uuid references issue on delete set null,
    last_note text not null default '',
    created_by uuid references account on delete set null,
    created_at timestamptz not null
  )`,
  `create index digest_due on digest (next_at) where next_at is not null`,
  `alter table issue
    add column send_zone text,
    add column planned_on date,
    add column subject_test jsonb,
    add column subject_decides_at timestamptz,
    add column subject_winner smallint,
    add column own_time text,
    add column digest_id uuid references digest on delete set null,
    add column digest_on date`,
  // One issue for a date, however many workers think that it is due.
  `create unique index issue_of_digest on issue (digest_id, digest_on)`,
  `create index issue_planned on issue (planned_on) where status = 'draft'`,
  // Null for everybody but the readers who try a subject, so that it takes no room.
  `alter table delivery add column variant smallint`,
  `alter table subscriber add column time_zone text`,
]

import { type Kysely, sql } from 'kysely'

/** What a draft was like after each change, so that a change can be undone; gone with the draft. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table draft_step (
    issue_id uuid not null references issue on delete cascade,
    no integer not null,
    content jsonb not null,
    typing text,
    made_at timestamptz not null,
    primary key (issue_id, no)
  )`,
  `alter table issue add column draft_step integer not null default 0`,
]

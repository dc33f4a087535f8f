import { type Kysely, sql } from 'kysely'

/** What a list was called when somebody agreed to it, and who left by an issue, which stays true when they come back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table list_former_name (
    list_id uuid not null references list on delete cascade,
    name text not null,
    until timestamptz not null,
    primary key (list_id, until)
  )`,
  `create index consent_event_left on consent_event (issue_id) where kind = 'withdrawn' and issue_id is not null`,
]

import { type Kysely, sql } from 'kysely'

/** Periods that were fixed in the code, and those of what was kept for good: reasons for leaving, sign-ups that were confirmed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table retention
      add mail_days integer not null default 30 check (mail_days between 2 and 365),
      add reason_months integer not null default 24 check (reason_months between 1 and 120),
      add refusal_days integer not null default 30 check (refusal_days between 1 and 365),
      add draft_days integer not null default 7 check (draft_days between 1 and 365),
      add undo_days integer not null default 30 check (undo_days between 1 and 365)`.execute(db)
}

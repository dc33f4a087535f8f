import { type Kysely, sql } from 'kysely'

/**
 * A sign-up that is confirmed by the link of an earlier one; how often a mailbox was written to because somebody typed it into a form, known by a
 * keyed hash; and the language of a confirmation mail.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table confirmation
    add with_id uuid references confirmation on delete cascade,
    add mailbox_hash bytea,
    add mail_language text`,
  `create index confirmation_with on confirmation (with_id) where with_id is not null`,
  `create index confirmation_mailbox on confirmation (mailbox_hash, created_at) where mailbox_hash is not null`,
  `alter table subscriber_mail add mailbox_hash bytea`,
  `create index subscriber_mail_mailbox on subscriber_mail (mailbox_hash, created_at) where mailbox_hash is not null`,
]

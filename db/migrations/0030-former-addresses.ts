import { type Kysely, sql } from 'kysely'

/** The addresses that people had before, and by which mails an erasure can be proven to who asked for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table former_address (
    email_key text primary key,
    email text not null,
    subscriber_id uuid not null references subscriber on delete cascade,
    until timestamptz not null
  )`,
  `create index former_address_subscriber on former_address (subscriber_id)`,
  `alter table erasure add mail_ids uuid[] not null default '{}'`,
  `create index erasure_mails on erasure using gin (mail_ids)`,
]

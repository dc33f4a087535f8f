import { type Kysely, sql } from 'kysely'

/**
 * What lists, fields, subscribers and suppressions are besides their names: how one joins a list, what a field holds, until when somebody
 * rests, and suppressions of a whole domain or of somebody who was erased, of whom only a keyed hash is left.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table list
    add opt_in text not null default 'double' check (opt_in in ('single', 'double')),
    add sends_welcome boolean not null default false,
    add sends_goodbye boolean not null default false`,
  `alter table field
    add type text not null default 'text' check (type in ('text', 'number', 'date', 'yes-no', 'choice')),
    add choices text[] not null default '{}',
    add is_on_forms boolean not null default false,
    add position integer not null default 0,
    add archived_at timestamptz,
    add check ((type = 'choice') = (cardinality(choices) > 0))`,
  `update field f set position = o.position
    from (select key, row_number() over (order by created_at, key) as position from field) o where o.key = f.key`,
  `update field set is_on_forms = true where key in ('FIRSTNAME', 'LASTNAME')`,
  `alter table subscriber
    add snoozed_until timestamptz,
    add tracking_consent boolean`,
  `alter table suppression
    alter email_key drop not null,
    add domain text unique,
    add address_hash bytea unique,
    add key_id text,
    add check (num_nonnulls(email_key, domain, address_hash) = 1),
    add check ((address_hash is null) = (key_id is null))`,
]

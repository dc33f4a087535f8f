import { type Kysely, sql } from 'kysely'

/** Imports of subscribers: what was asked for and how far it has come, the rows on their way, the refused ones, and uploaded files. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table import (
    id uuid primary key,
    list_id uuid references list,
    file_name text not null,
    is_uploaded boolean not null,
    content_hash text,
    source text not null default '',
    existing text not null default 'fill' check (existing in ('leave', 'fill', 'overwrite')),
    columns jsonb not null default '{}',
    status text not null check (status in ('draft', 'checking', 'running', 'finished', 'stopped', 'failed')),
    files jsonb not null default '[]',
    staged integer not null default 0,
    is_read boolean not null default false,
    place bigint not null default 0,
    added integer not null default 0,
    updated integer not null default 0,
    unchanged integer not null default 0,
    refused integer not null default 0,
    checked jsonb,
    problem text not null default '',
    created_by uuid references account on delete set null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz
  )`,
  `create index import_open on import (status) where status in ('draft', 'checking', 'running')`,
  `create table import_row (
    import_id uuid not null,
    place bigint not null,
    file_no integer not null,
    line integer not null,
    email text,
    email_key text,
    fields jsonb,
    language text,
    rank smallint not null,
    reason text,
    agreed_at timestamptz,
    confirmed_at timestamptz,
    left_at timestamptz,
    address_hashes bytea[],
    refusal text,
    cells text not null,
    primary key (import_id, place)
  )`,
  // Written once, read once, deleted: what autovacuum would do for it while an import runs is in vain.
  `alter table import_row set (autovacuum_vacuum_insert_threshold = -1)`,
  `create table import_refusal (
    import_id uuid not null references import on delete cascade,
    place bigint not null,
    file_no integer not null,
    line integer not null,
    email_key text,
    reason text not null,
    cells text not null,
    primary key (import_id, place)
  )`,
  `create table import_file (
    import_id uuid not null references import on delete cascade,
    no integer not null,
    bytes bytea not null,
    primary key (import_id, no)
  )`,
  // Packed already, or read once.
  `alter table import_file alter column bytes set storage external`,
  // A UUIDv7 (RFC 9562 §5.7): a random one of version 4 with the time in front and the version raised to 7.
  `create function new_id(moment timestamptz) returns uuid language sql volatile parallel safe as $$
    select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      placing substring(int8send((extract(epoch from moment) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
  $$`,
]

import { type Kysely, sql } from 'kysely'

/** A million rows of the ledger for less still: one tree fewer to keep, and ids that are put together in one go. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Issues are few: a reader's rows are found by asking the primary key about each of them.
  `drop index delivery_by_subscriber`,
  `create or replace function forget_deliveries() returns trigger language plpgsql as $$
    begin
      delete from delivery d using gone, issue i
      where d.issue_id = i.id and d.month = i.ledger_month and d.subscriber_id = gone.id;
      return null;
    end $$`,
  // A UUID of version 7 (RFC 9562): a time and 64 bits of a hash whose secret part is made for each slice.
  `create or replace function delivery_id(milliseconds bigint, hash bytea) returns uuid language sql immutable parallel safe as $$
    select encode(substr(int8send(milliseconds), 3) || set_byte(set_byte(substr(hash, 1, 10), 0, 112), 2, 128), 'hex')::uuid
  $$`,
]

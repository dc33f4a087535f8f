import { type Kysely, sql } from 'kysely'

/**
 * Suppressions of a domain with what lies below it, people who were erased and what is left of them, and for how long anything is kept.
 * A subscriber's deliveries outlive them without their name, so that an issue's numbers stay true.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table suppression
    add includes_subdomains boolean not null default false,
    add check (domain is not null or not includes_subdomains)`,
  `create index suppression_by_reason on suppression (reason, id)`,
  // a.b.example.org: itself, b.example.org, example.org, org.
  `create function domains_over(host text) returns text[] language plpgsql immutable strict parallel safe as $$
    declare
      found text[] := array[host];
      dot integer;
    begin
      loop
        dot := strpos(host, '.');
        exit when dot = 0;
        host := substr(host, dot + 1);
        found := found || host;
      end loop;
      return found;
    end $$`,
  `create table erasure (
    id uuid primary key,
    address_hash bytea not null,
    key_id text not null,
    erased_at timestamptz not null,
    subscriber_id uuid
  )`,
  `create index erasure_hash on erasure (address_hash)`,
  `create index erasure_unfinished on erasure (erased_at) where subscriber_id is not null`,
  `create table kept_evidence (
    id uuid primary key,
    address_hash bytea not null,
    key_id text not null,
    events jsonb not null,
    erased_at timestamptz not null
  )`,
  `create index kept_evidence_hash on kept_evidence (address_hash)`,
  `create table retention (
    id integer primary key check (id = 1),
    unconfirmed_days integer not null default 7 check (unconfirmed_days between 1 and 365),
    delivery_months integer not null default 24 check (delivery_months between 1 and 120),
    trouble_days integer not null default 90 check (trouble_days between 1 and 3650),
    captured_days integer not null default 30 check (captured_days between 1 and 3650),
    audit_months integer not null default 36 check (audit_months between 1 and 240),
    session_days integer not null default 30 check (session_days between 1 and 3650),
    evidence_months integer not null default 0 check (evidence_months between 0 and 240)
  )`,
  `insert into retention (id) values (1)`,
  `create index subscription_pending on subscription (created_at) where status = 'pending'`,
  // What is on the wire keeps its name until its outcome is settled; an erasure comes back for it.
  `create or replace function forget_deliveries() returns trigger language plpgsql as $$
    begin
      update delivery d set
        subscriber_id = case when d.status = 'sending' then d.subscriber_id else gen_random_uuid() end,
        skip_reason = case when d.status = 'pending' then 'erased' else d.skip_reason end,
        finished_at = case when d.status = 'pending' then now() else d.finished_at end,
        status = case when d.status = 'pending' then 'skipped' else d.status end,
        not_before = case when d.status = 'sending' then d.not_before end,
        smtp_text = null
      from gone, issue i
      where d.issue_id = i.id and d.month = i.ledger_month and d.subscriber_id = gone.id;
      return null;
    end $$`,
]

import { type Kysely, sql } from 'kysely'

/** The ledger in months, batches that a worker holds, tallies kept with every change of the ledger, and what limits the sending. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...LEDGER, ...TALLY, ...SENDING, ...LIMITS]) await sql.raw(statement).execute(db)
}

const LEDGER = [
  `alter table issue add column ledger_month date`,
  `update issue set ledger_month = date_trunc('month', released_at)::date where released_at is not null`,
  `alter table issue add column fan_out_cursor uuid`,
  `alter table delivery rename to old_delivery`,
  // No foreign keys: two checks for each of a million rows cost more than the rows. The trigger below stands in for them.
  `create table delivery (
    id uuid not null,
    issue_id uuid not null,
    month date not null,
    subscriber_id uuid not null,
    status text not null check (status in ('pending', 'sending', 'accepted', 'rejected', 'unknown', 'skipped')),
    subscriptions integer not null default 1,
    is_canary boolean not null default false,
    attempts integer not null default 0,
    not_before timestamptz,
    first_attempt_at timestamptz,
    finished_at timestamptz,
    skip_reason text check (skip_reason in ('unconfirmed', 'unsubscribed', 'suppressed', 'cancelled', 'unsupported', 'captured', 'erased')),
    smtp_stage text,
    smtp_code integer,
    smtp_enhanced_code text,
    smtp_class text,
    smtp_text text,
    bounced_at timestamptz,
    complained_at timestamptz,
    primary key (issue_id, subscriber_id, month),
    unique (id, month)
  ) partition by range (month)`,
  `create index delivery_by_subscriber on delivery (subscriber_id)`,
  `create index delivery_canary on delivery (issue_id) where is_canary`,
  `do $$
    declare found date;
    begin
      for found in select distinct coalesce(i.ledger_month, date_trunc('month', i.created_at)::date)
        from old_delivery d join issue i on i.id = d.issue_id
      loop
        execute format('create table %I partition of delivery for values from (%L) to (%L) with (fillfactor = 60)',
          'delivery_' || to_char(found, 'YYYY_MM'), found, (found + interval '1 month')::date);
      end loop;
    end $$`,
  `insert into delivery (id, issue_id, month, subscriber_id, status, subscriptions, attempts, not_before, first_attempt_at,
      finished_at, skip_reason, smtp_stage, smtp_code, smtp_enhanced_code, smtp_text, bounced_at, complained_at)
    select d.id, d.issue_id, coalesce(i.ledger_month, date_trunc('month', i.created_at)::date), d.subscriber_id, d.status,
      d.subscriptions, d.attempts, d.not_before, d.first_attempt_at, d.finished_at, d.skip_reason, d.smtp_stage, d.smtp_code,
      d.smtp_enhanced_code, d.smtp_text, d.bounced_at, d.complained_at
    from old_delivery d join issue i on i.id = d.issue_id`,
  // Whose rows are deleted with them; one statement for all of them, none for the inserts.
  `create function forget_deliveries() returns trigger language plpgsql as $$
    begin
      delete from delivery d using gone where d.subscriber_id = gone.id;
      return null;
    end $$`,
  `create trigger forget_deliveries after delete on subscriber referencing old table as gone
    for each statement execute function forget_deliveries()`,
  // Ids in the order of the rows, so that a million of them go to the right end of the index; 74 random bits each.
  `create function delivery_id(milliseconds bigint) returns uuid language sql volatile as $$
    select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      placing substring(int8send(milliseconds) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
  $$`,
]

const TALLY = [
  `create table tally (
    issue_id uuid not null,
    shard smallint not null,
    status text not null,
    reason text not null,
    count bigint not null,
    primary key (issue_id, shard, status, reason)
  ) with (fillfactor = 50)`,
  `create function tally_status(status text, not_before timestamptz) returns text language sql immutable as $$
    select case when status = 'pending' and not_before is not null then 'deferred' else status end
  $$`,
  `create function tally_reason(status text, skip_reason text, smtp_class text) returns text language sql immutable as $$
    select coalesce(case status when 'skipped' then skip_reason when 'rejected' then smtp_class end, '')
  $$`,
  // A few rows for each issue, told apart by connection, so that no two writers wait for one another.
  ...['insert', 'update', 'delete'].map((change) => {
    const added = `select issue_id, tally_status(status, not_before) as status, tally_reason(status, skip_reason, smtp_class) as reason, 1 as n from added`
    const gone = added.replace('1 as n from added', '-1 as n from gone')
    const rows = { insert: added, delete: gone, update: `${added} union all ${gone}` }[change]
    return `create function tally_after_${change}() returns trigger language plpgsql as $$
      begin
        insert into tally as t (issue_id, shard, status, reason, count)
        select issue_id, pg_backend_pid() % 16, status, reason, sum(n) from (${rows}) moved
        group by issue_id, status, reason having sum(n) <> 0 order by issue_id, status, reason
        on conflict (issue_id, shard, status, reason) do update set count = t.count + excluded.count;
        return null;
      end $$`
  }),
  `create trigger tally_after_insert after insert on delivery referencing new table as added
    for each statement execute function tally_after_insert()`,
  `create trigger tally_after_update after update on delivery referencing new table as added old table as gone
    for each statement execute function tally_after_update()`,
  `create trigger tally_after_delete after delete on delivery referencing old table as gone
    for each statement execute function tally_after_delete()`,
  `insert into tally (issue_id, shard, status, reason, count)
    select issue_id, 0, tally_status(status, not_before), tally_reason(status, skip_reason, smtp_class), count(*)
    from delivery group by 1, 3, 4`,
]

const SENDING = [
  `create table worker (
    id uuid primary key,
    host text not null,
    started_at timestamptz not null,
    seen_at timestamptz not null
  )`,
  `create table batch (
    issue_id uuid not null references issue on delete cascade,
    batch_no integer not null,
    first_subscriber_id uuid not null,
    last_subscriber_id uuid not null,
    due_at timestamptz,
    has_canary boolean not null default false,
    worker_id uuid,
    primary key (issue_id, batch_no)
  ) with (fillfactor = 50)`,
  `create index batch_due on batch (issue_id, due_at) where due_at is not null`,
  `create index batch_worker on batch (worker_id) where worker_id is not null`,
  `insert into batch (issue_id, batch_no, first_subscriber_id, last_subscriber_id, due_at)
    select issue_id, batch_no, min(subscriber_id::text)::uuid, max(subscriber_id::text)::uuid, now()
    from (
      select issue_id, subscriber_id, (row_number() over (partition by issue_id order by subscriber_id) - 1) / 500 as batch_no
      from delivery where status in ('pending', 'sending')
    ) open group by issue_id, batch_no`,
  // Whatever was on the wire when the schema changed has nobody who will hear of it.
  `update delivery set status = 'unknown', finished_at = now(), smtp_text = 'The sender stopped before the reply.'
    where status = 'sending'`,
  `drop table old_delivery`,
  `create table relay (
    name text primary key,
    rests_until timestamptz,
    stage text,
    code integer,
    text text not null default '',
    changed_at timestamptz not null
  )`,
]

const LIMITS = [
  `alter table issue add column pause_reason text`,
  `alter table issue add column rate_per_hour integer check (rate_per_hour > 0)`,
  `alter table issue add column canary jsonb`,
  `alter table issue add column canary_status text check (canary_status in ('running', 'passed', 'failed'))`,
  `create table sending_settings (
    id integer primary key check (id = 1),
    rate_per_hour integer check (rate_per_hour > 0),
    window_from time,
    window_to time,
    window_days integer[] not null default '{1,2,3,4,5,6,7}',
    window_zone text not null default 'UTC',
    recall_seconds integer not null default 60 check (recall_seconds between 0 and 120),
    give_up_hours integer not null default 48 check (give_up_hours between 1 and 120),
    policy_limit_percent integer not null default 5 check (policy_limit_percent between 1 and 100)
  )`,
  `insert into sending_settings (id) values (1)`,
  `create table provider (
    name text primary key,
    rate_per_hour integer check (rate_per_hour > 0),
    rests_until timestamptz,
    connections integer,
    widens_at timestamptz,
    reason text not null default ''
  )`,
  `create table warm_up (
    domain text primary key,
    started_on date not null,
    first_day integer not null check (first_day > 0),
    growth_percent integer not null check (growth_percent between 1 and 400),
    days integer not null check (days between 1 and 180)
  )`,
  `create table token_bucket (
    key text primary key,
    tokens double precision not null,
    filled_at timestamptz not null
  ) with (fillfactor = 50)`,
  `create table captured_mail (
    id uuid primary key,
    captured_at timestamptz not null,
    issue_id uuid,
    recipient text not null,
    subject text not null,
    message bytea not null
  )`,
  `create index captured_mail_time on captured_mail (captured_at desc)`,
]

import { type Kysely, sql } from 'kysely'

/**
 * Consent events become append-only by the database itself, know the form and the mail behind them; short mails to one person are rows of
 * their own; why somebody left is kept apart from who left.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table confirmation
    add column if not exists form_id uuid,
    add column if not exists form_version integer,
    add column if not exists template_version text,
    add column if not exists reminded_at timestamptz`,
  `create index if not exists confirmation_waiting on confirmation (sent_at) where used_at is null and reminded_at is null`,
  `alter table consent_event
    add column if not exists form_id uuid,
    add column if not exists form_version integer,
    add column if not exists template_version text,
    add column if not exists mail_sent_at timestamptz,
    drop constraint if exists consent_event_kind_check`,
  `alter table consent_event add constraint consent_event_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$')`,
  // Erasing a person and joining two records of one person say so for their own transaction.
  `create function keep_consent() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and current_setting('carillon.consent', true) = 'erase' then
        return old;
      end if;
      if tg_op = 'UPDATE' and current_setting('carillon.consent', true) = 'erase'
        and to_jsonb(new) - 'note' = to_jsonb(old) - 'note' then
        return new;
      end if;
      if tg_op = 'UPDATE' and current_setting('carillon.consent', true) = 'merge'
        and to_jsonb(new) - 'subscriber_id' = to_jsonb(old) - 'subscriber_id' then
        return new;
      end if;
      raise exception 'Consent events are only ever added.' using errcode = 'restrict_violation';
    end $$`,
  `create trigger consent_event_append_only before update or delete on consent_event
    for each row execute function keep_consent()`,
  `create table subscriber_mail (
    id uuid primary key,
    subscriber_id uuid not null references subscriber on delete cascade,
    kind text not null check (kind in ('welcome', 'goodbye', 'download', 'erase', 'address', 'address-notice')),
    list_ids uuid[] not null default '{}',
    address text,
    language text not null,
    key_id text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    sent_at timestamptz,
    used_at timestamptz
  )`,
  `create index subscriber_mail_subscriber on subscriber_mail (subscriber_id, kind)`,
  `create index subscriber_mail_unsent on subscriber_mail (created_at) where sent_at is null`,
  `create table leave_reason (
    id uuid primary key,
    subscriber_id uuid references subscriber on delete set null,
    issue_id uuid not null,
    reason text not null check (reason in ('too-many', 'not-relevant', 'never-asked', 'elsewhere', 'other')),
    note text not null default '',
    created_at timestamptz not null,
    unique (subscriber_id, issue_id)
  )`,
  // Who takes a break is asked for at every claim; nearly nobody does.
  `create index subscriber_snoozed on subscriber (id) where snoozed_until is not null`,
  `alter table delivery
    drop constraint if exists delivery_skip_reason_check,
    drop constraint if exists delivery_skip_reason_check1`,
  `alter table delivery add constraint delivery_skip_reason_check check (
    skip_reason in ('unconfirmed', 'unsubscribed', 'suppressed', 'cancelled', 'unsupported', 'captured', 'erased', 'snoozed'))`,
]

import { type Kysely, sql } from 'kysely'

/** The first tables; columns are explained beside their types in db/tables. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table account (
    id uuid primary key,
    email text not null,
    name text not null,
    role text not null check (role in ('coordinator', 'operator', 'admin')),
    password_hash text,
    time_zone text not null default 'UTC',
    created_at timestamptz not null,
    disabled_at timestamptz
  )`,
  `create unique index account_email on account (lower(email))`,
  `create table account_link (
    token_hash bytea primary key,
    role text not null check (role in ('coordinator', 'operator', 'admin')),
    account_id uuid references account on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  `create table session (
    token_hash bytea primary key,
    account_id uuid not null references account on delete cascade,
    csrf_token text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create index session_account on session (account_id)`,
  `create table organisation (
    id integer primary key check (id = 1),
    name text not null,
    address text not null,
    reason text not null,
    copyright text not null,
    funding_statement text not null,
    website text not null,
    from_name text not null,
    from_email text not null,
    reply_to text,
    primary_colour text not null,
    accent_colour text not null
  )`,
  `create table field (
    key text primary key check (key ~ '^[A-Z][A-Z0-9_]{0,39}$'),
    label text not null,
    created_at timestamptz not null
  )`,
  `insert into field (key, label, created_at) values
    ('FIRSTNAME', 'First name', now()), ('LASTNAME', 'Last name', now()),
    ('ORGANISATION', 'Organisation', now()), ('CITY', 'City', now()), ('COUNTRY', 'Country', now())`,
  `create table subscriber (
    id uuid primary key,
    email text not null,
    email_key text not null unique,
    fields jsonb not null default '{}',
    language text not null default 'en',
    created_at timestamptz not null
  )`,
  `create table list (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text not null,
    description text not null default '',
    language text not null default 'en',
    is_public boolean not null default true,
    created_at timestamptz not null,
    archived_at timestamptz
  )`,
  `create table subscription (
    list_id uuid not null references list,
    subscriber_id uuid not null references subscriber on delete cascade,
    status text not null check (status in ('pending', 'confirmed', 'unsubscribed')),
    created_at timestamptz not null,
    confirmed_at timestamptz,
    unsubscribed_at timestamptz,
    unsubscribe_channel text check (unsubscribe_channel in ('one-click', 'page', 'mailto', 'complaint', 'admin')),
    unsubscribe_issue_id uuid,
    primary key (list_id, subscriber_id)
  )`,
  `create index subscription_subscriber on subscription (subscriber_id)`,
  `create table confirmation (
    id uuid primary key,
    subscriber_id uuid not null references subscriber on delete cascade,
    list_ids uuid[] not null,
    token_hash bytea not null unique,
    key_id text not null,
    consent_text text not null,
    language text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    mail_message_id text,
    sent_at timestamptz,
    used_at timestamptz
  )`,
  `create index confirmation_subscriber on confirmation (subscriber_id)`,
  `create table consent_event (
    id uuid primary key,
    subscriber_id uuid not null references subscriber on delete cascade,
    list_id uuid references list,
    issue_id uuid,
    kind text not null check (kind in ('requested', 'confirmed', 'added', 'withdrawn')),
    channel text not null,
    consent_text text,
    language text,
    message_id text,
    note text,
    occurred_at timestamptz not null
  )`,
  `create index consent_event_subscriber on consent_event (subscriber_id, occurred_at)`,
  `create table suppression (
    id uuid primary key,
    email_key text not null unique,
    reason text not null check (reason in ('hard-bounce', 'complaint', 'unsubscribe-all', 'manual', 'erased')),
    note text not null default '',
    created_at timestamptz not null
  )`,
  `create table news_item (
    id uuid primary key,
    title text not null,
    summary_html text not null default '',
    url text not null default '',
    image_url text not null default '',
    image_alt text not null default '',
    region text not null default '',
    language text not null default 'en',
    published_on date not null,
    version integer not null default 1,
    created_by uuid references account on delete set null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    archived_at timestamptz
  )`,
  `create index news_item_date on news_item (published_on desc, id)`,
  `create table issue (
    id uuid primary key,
    status text not null check (status in ('draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled')),
    title text not null,
    subject text not null default '',
    preheader text not null default '',
    from_name text not null default '',
    from_email text not null default '',
    reply_to text,
    language text not null default 'en',
    template text not null default 'project',
    version integer not null default 1,
    send_at timestamptz,
    released_at timestamptz,
    fanned_out_at timestamptz,
    finished_at timestamptz,
    paused_by uuid references account on delete set null,
    created_by uuid references account on delete set null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    scheduled_balance jsonb,
    balance jsonb
  )`,
  `create index issue_due on issue (send_at) where status = 'scheduled'`,
  `create index issue_in_flight on issue (status) where status in ('sending', 'paused')`,
  `create table issue_list (
    issue_id uuid not null references issue on delete cascade,
    list_id uuid not null references list,
    primary key (issue_id, list_id)
  )`,
  `create table block (
    id uuid primary key,
    issue_id uuid not null references issue on delete cascade,
    position integer not null,
    kind text not null,
    content jsonb not null,
    unique (issue_id, position) deferrable initially deferred
  )`,
  `create table edition (
    id uuid primary key,
    issue_id uuid not null references issue on delete cascade,
    language text not null,
    compiled jsonb not null,
    frozen_at timestamptz not null,
    unique (issue_id, language)
  )`,
  `create table delivery (
    id uuid not null unique,
    issue_id uuid not null references issue on delete cascade,
    subscriber_id uuid not null references subscriber on delete cascade,
    status text not null check (status in ('pending', 'sending', 'accepted', 'rejected', 'unknown', 'skipped')),
    batch_no integer not null,
    attempts integer not null default 0,
    not_before timestamptz,
    lease_until timestamptz,
    first_attempt_at timestamptz,
    finished_at timestamptz,
    skip_reason text check (skip_reason in ('unconfirmed', 'unsubscribed', 'suppressed', 'cancelled', 'unsupported')),
    smtp_stage text,
    smtp_code integer,
    smtp_enhanced_code text,
    smtp_text text,
    bounced_at timestamptz,
    complained_at timestamptz,
    primary key (issue_id, subscriber_id)
  )`,
  `create index delivery_open on delivery (issue_id, batch_no) where status in ('pending', 'sending')`,
  `create index delivery_subscriber on delivery (subscriber_id)`,
  `create table transport_error (
    id uuid primary key,
    occurred_at timestamptz not null,
    stage text not null,
    code integer,
    text text not null
  )`,
  `create index transport_error_time on transport_error (occurred_at desc)`,
  `create table audit_entry (
    id uuid primary key,
    account_id uuid references account on delete set null,
    action text not null,
    subject_ids uuid[] not null,
    occurred_at timestamptz not null
  )`,
]

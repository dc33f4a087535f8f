import { type Kysely, sql } from 'kysely'

/** What is said about a draft before it may go out: approvals, comments, and tests to groups of people. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table list add column needs_approval boolean not null default false`,
  `create table approval (
    id uuid primary key,
    no integer generated always as identity,
    issue_id uuid not null references issue on delete cascade,
    step text not null check (step in ('submitted', 'withdrawn', 'approved', 'asked')),
    content_hash text not null,
    note text not null default '',
    account_id uuid references account on delete set null,
    occurred_at timestamptz not null
  )`,
  `create index approval_issue on approval (issue_id, no)`,
  `create table approval_mail (
    approval_id uuid not null references approval on delete cascade,
    account_id uuid not null references account on delete cascade,
    sent_at timestamptz,
    primary key (approval_id, account_id)
  )`,
  `create index approval_mail_waiting on approval_mail (approval_id) where sent_at is null`,
  `create table comment (
    id uuid primary key,
    no integer generated always as identity,
    issue_id uuid not null references issue on delete cascade,
    thread_id uuid references comment on delete cascade,
    block_id uuid,
    about text not null default '',
    body text not null,
    account_id uuid references account on delete set null,
    written_at timestamptz not null,
    resolved_at timestamptz,
    resolved_by uuid references account on delete set null,
    check (thread_id is null or (block_id is null and resolved_at is null))
  )`,
  `create index comment_issue on comment (issue_id, no)`,
  `create table test_group (
    id uuid primary key,
    name text not null,
    addresses text[] not null,
    created_by uuid references account on delete set null,
    created_at timestamptz not null
  )`,
  `create unique index test_group_name on test_group (lower(name))`,
  `create table test_choice (
    account_id uuid primary key references account on delete cascade,
    addresses text not null,
    group_ids uuid[] not null,
    chosen_at timestamptz not null
  )`,
]

import { type Kysely, sql } from 'kysely'

/**
 * Saved segments, what issues take of them, acts on many subscribers at once, notes, and which record of a person took over which.
 * The search of subscribers gets its index of trigrams where PostgreSQL has the extension `pg_trgm`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table segment (
    id uuid primary key,
    name text not null,
    tree jsonb not null,
    created_by uuid references account on delete set null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    archived_at timestamptz
  )`,
  `create unique index segment_name on segment (lower(name)) where archived_at is null`,
  `create table issue_segment (
    issue_id uuid not null references issue on delete cascade,
    segment_id uuid not null references segment,
    rule text not null check (rule in ('only', 'not')),
    tree jsonb,
    primary key (issue_id, segment_id)
  )`,
  `create table bulk_act (
    id uuid primary key,
    what jsonb not null,
    scope jsonb,
    status text not null check (status in ('running', 'done', 'undoing', 'undone')),
    cursor uuid,
    expected integer,
    seen integer not null default 0,
    changed integer not null default 0,
    undone integer not null default 0,
    created_by uuid references account on delete set null,
    created_at timestamptz not null,
    finished_at timestamptz
  )`,
  `create index bulk_act_open on bulk_act (created_at) where status in ('running', 'undoing')`,
  `create table bulk_change (
    act_id uuid not null references bulk_act on delete cascade,
    subscriber_id uuid not null references subscriber on delete cascade,
    before jsonb not null,
    primary key (act_id, subscriber_id)
  )`,
  `create index bulk_change_subscriber on bulk_change (subscriber_id)`,
  `create table subscriber_note (
    id uuid primary key,
    subscriber_id uuid not null references subscriber on delete cascade,
    author_id uuid references account on delete set null,
    text text not null,
    written_at timestamptz not null
  )`,
  `create index subscriber_note_subscriber on subscriber_note (subscriber_id)`,
  `create table merged_subscriber (
    gone_id uuid primary key,
    kept_id uuid not null references subscriber on delete cascade,
    merged_at timestamptz not null
  )`,
  `create index merged_subscriber_kept on merged_subscriber (kept_id)`,
  // Without the extension, or the right to make it, the search looks at the beginning of addresses alone, and says so.
  `do $$
    begin
      create extension if not exists pg_trgm;
      create index if not exists subscriber_words on subscriber
        using gin (lower(email || ' ' || jsonb_path_query_array(fields, '$.*')::text) gin_trgm_ops);
    exception when others then
      raise notice 'The search of subscribers does without trigrams: %', sqlerrm;
    end $$`,
]

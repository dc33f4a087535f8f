import { type Kysely, sql } from 'kysely'

/** Partners and their regions, proposals and what became of them, feeds. News items that exist are accepted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

// A link without what differs between visits to one page: scheme, www., fragment, closing slash.
const LINK_KEY = `regexp_replace(regexp_replace(url, '^https?://(www\\.)?', '', 'i'), '/?(#.*)?$', '')`

// Title and summary in lower case, without tags and with the signs that HTML spells.
const SIGNS = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&nbsp;', ' '],
  ['&amp;', '&'],
] as const
const WORDS = `lower(title || ' ' || ${SIGNS.reduce(
  (text, [written, sign]) => `replace(${text}, '${written}', '${sign}')`,
  `regexp_replace(summary_html, '<[^>]*>', ' ', 'g')`,
)})`

const STATEMENTS = [
  ...['account', 'account_link'].flatMap((table) => [
    `alter table ${table} drop constraint ${table}_role_check`,
    `alter table ${table} add column region text not null default '',
      add constraint ${table}_role_check check (role in ('coordinator', 'operator', 'admin', 'partner')),
      add constraint ${table}_region_check check ((role = 'partner') = (region <> ''))`,
  ]),
  `create table feed (
    id uuid primary key,
    url text not null unique,
    title text not null,
    region text not null default '',
    language text not null default 'en',
    is_active boolean not null default true,
    etag text,
    last_modified text,
    failures integer not null default 0,
    outcome text not null default '',
    checked_at timestamptz,
    next_check_at timestamptz not null,
    created_by uuid references account on delete set null,
    created_at timestamptz not null
  )`,
  `create index feed_due on feed (next_check_at) where is_active`,
  `alter table news_item
    add column status text not null default 'accepted' check (status in ('proposed', 'accepted', 'rejected')),
    add column source text not null default 'manual' check (source in ('manual', 'link', 'feed')),
    add column source_url text not null default '',
    add column source_key text,
    add column feed_id uuid references feed on delete set null,
    add column link_key text not null default '',
    add column owner_id uuid references account on delete set null,
    add column valid_until date,
    add column office_note text not null default '',
    add column decided_by uuid references account on delete set null,
    add column decided_at timestamptz,
    add column words text generated always as (${WORDS}) stored`,
  `update news_item set link_key = ${LINK_KEY} where url <> ''`,
  `create unique index news_item_source on news_item (feed_id, source_key)`,
  `create index news_item_link on news_item (link_key) where link_key <> ''`,
  `create index news_item_status on news_item (status, published_on desc, id desc)`,
  `create index news_item_title on news_item (published_on, lower(title))`,
  `create index block_lead on block ((content ->> 'newsItemId')) where kind = 'lead-story'`,
  `create index block_news on block using gin ((content -> 'newsItemIds') jsonb_path_ops) with (fastupdate = off)
    where kind = 'news-list'`,
]

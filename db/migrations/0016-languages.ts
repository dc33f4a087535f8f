import { type Kysely, sql } from 'kysely'

/** Issues and news items in several languages, and readers whose language nobody knows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Everybody began with “en” without having been asked.
  `alter table subscriber alter column language drop not null, alter column language drop default`,
  `update subscriber set language = null where language = 'en'`,
  `alter table issue add column language_place integer not null default 0`,
  `create table issue_language (
    issue_id uuid not null references issue on delete cascade,
    language text not null,
    position integer not null,
    subject text not null default '',
    preheader text not null default '',
    primary key (issue_id, language)
  )`,
  `create table block_text (
    block_id uuid not null references block on delete cascade,
    language text not null,
    texts jsonb not null,
    primary key (block_id, language)
  )`,
  `create table news_item_text (
    news_item_id uuid not null references news_item on delete cascade,
    language text not null,
    title text not null default '',
    summary_html text not null default '',
    url text not null default '',
    primary key (news_item_id, language)
  )`,
  // What a draft was like before it could have languages: it had none.
  `update draft_step set content = jsonb_set(content, '{fields,language_place}', '0') || '{"languages": [], "texts": []}'`,
]

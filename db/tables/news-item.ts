import type { Generated, GeneratedAlways, Selectable } from 'kysely'

/** One piece of content. `version` guards against two editors. */
export type NewsItemTable = {
  id: string
  title: string
  summary_html: Generated<string>
  url: Generated<string>
  image_url: Generated<string>
  image_alt: Generated<string>
  region: Generated<string>
  language: Generated<string>
  published_on: string
  version: Generated<number>
  status: Generated<'proposed' | 'accepted' | 'rejected'>
  source: Generated<'manual' | 'link' | 'feed'>
  /** The page or feed entry it was read from, however its own link is changed later. */
  source_url: Generated<string>
  /** What a feed calls the entry; null for what comes from no feed. */
  source_key: string | null
  feed_id: string | null
  /** Its link as `linkKey` compares links, so that nothing is proposed twice. */
  link_key: Generated<string>
  /** Who in the office looks after it. */
  owner_id: string | null
  /** Last day on which it is still news; null: no end. */
  valid_until: string | null
  /** What the office tells whoever proposed it. */
  office_note: Generated<string>
  decided_by: string | null
  decided_at: Date | null
  /** Who wrote or proposed it; null: a feed or the command line. */
  created_by: string | null
  created_at: Date
  updated_at: Date
  archived_at: Date | null
  /** What a search looks through: title and summary in lower case, without tags; kept by the database. */
  words: GeneratedAlways<string>
}

export type NewsItem = Selectable<NewsItemTable>

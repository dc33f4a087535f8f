import type { Generated, Selectable } from 'kysely'

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
  created_by: string | null
  created_at: Date
  updated_at: Date
  archived_at: Date | null
}

export type NewsItem = Selectable<NewsItemTable>

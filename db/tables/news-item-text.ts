import type { Generated, Selectable } from 'kysely'

/** A news item in another language than its own; what is empty is not translated. */
export type NewsItemTextTable = {
  news_item_id: string
  language: string
  title: Generated<string>
  summary_html: Generated<string>
  url: Generated<string>
  image_alt: Generated<string>
}

export type NewsItemText = Selectable<NewsItemTextTable>

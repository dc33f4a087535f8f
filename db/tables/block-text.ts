import type { ColumnType, Selectable } from 'kysely'

/** A text of a block in another language: where it stands in the content, and the words that it was made from. */
export type TranslatedText = { path: string; source: string; text: string }

/** What is said of one block in one further language. */
export type BlockTextTable = {
  block_id: string
  language: string
  texts: ColumnType<TranslatedText[], string, string>
}

export type BlockText = Selectable<BlockTextTable>

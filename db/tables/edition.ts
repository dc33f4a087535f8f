import type { ColumnType, Selectable } from 'kysely'

/** A picture with what is known of it; a size in pixels. */
export type ShownPicture = {
  url: string
  alt: string
  width: number | null
  height: number | null
  type: string | null
}

/** The frozen, compiled form of an issue in one language. */
export type EditionTable = {
  id: string
  issue_id: string
  language: string
  compiled: ColumnType<unknown, string, string>
  frozen_at: Date
  /** Its subject as everybody may read it; null until the archive has read it, empty when it cannot be shown. */
  headline: string | null
  /** A sentence or two about it. */
  summary: string | null
  /** What a search looks through, in lower case. */
  words: string | null
  picture: ColumnType<ShownPicture | null, string | null | undefined, string | null>
}

export type Edition = Selectable<EditionTable>

import type { ColumnType, Selectable } from 'kysely'

/** The frozen, compiled form of an issue in one language. */
export type EditionTable = {
  id: string
  issue_id: string
  language: string
  compiled: ColumnType<unknown, string, string>
  frozen_at: Date
}

export type Edition = Selectable<EditionTable>

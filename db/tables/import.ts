import type { ColumnType, Generated, Selectable } from 'kysely'

/** What a file was found to be: its name, how its bytes are written, and what its columns are called. */
export type FoundFile = {
  name: string
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'windows-1250' | 'windows-1257'
  delimiter: string
  newline: '\n' | '\r'
  /** Around cells, where it is another than the usual one. */
  quote?: "'"
  /** Lines before the first row: a header, and what a spreadsheet puts before it. */
  skippedLines: number
  header: string[]
  /** What the whole file says of everybody in it, as found or chosen. */
  standing?: 'subscribed' | 'unsubscribed' | 'bounced' | 'blocklisted' | 'nonsubscribed'
  /** Columns whose names may say status and whose first rows do. */
  statusColumns?: string[]
  /** Of a ZIP: no row of it is read. */
  isLeftOut?: boolean
}

export type ImportCounts = { added: number; updated: number; unchanged: number; refused: number }

/**
 * One file of subscribers on its way into a list. `columns` says by a column's name what it holds where that is not what its name says;
 * `staged` rows have been read, those up to `place` are merged; `checked` is what a run without changes has counted.
 */
export type ImportTable = {
  id: string
  /** Null only while it is a draft. */
  list_id: string | null
  file_name: string
  is_uploaded: boolean
  /** SHA-256 of a file of the command line, by which the same is taken up again. */
  content_hash: string | null
  /** Where these people agreed. */
  source: Generated<string>
  /** What becomes of the fields of people who are known already. */
  existing: Generated<'leave' | 'fill' | 'overwrite'>
  columns: ColumnType<Record<string, string>, string | undefined, string>
  status: 'draft' | 'checking' | 'running' | 'finished' | 'stopped' | 'failed'
  files: ColumnType<FoundFile[], string | undefined, string>
  staged: Generated<number>
  is_read: Generated<boolean>
  place: Generated<number>
  added: Generated<number>
  updated: Generated<number>
  unchanged: Generated<number>
  refused: Generated<number>
  checked: ColumnType<ImportCounts | null, string | null | undefined, string | null>
  problem: Generated<string>
  /** How often it broke off since it last came any further. */
  failures: Generated<number>
  created_by: string | null
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
}

export type Import = Selectable<ImportTable>

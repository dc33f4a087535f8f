import type { ColumnType, Selectable } from 'kysely'

/** The costly counts of an issue's report; they hold as long as its tally reads the same as then. */
export type ReportTable = {
  issue_id: string
  tally: string
  counted_at: Date
  counts: ColumnType<unknown, string, string>
}

export type Report = Selectable<ReportTable>

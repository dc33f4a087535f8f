import type { ColumnType } from 'kysely'

/** What one subscriber was like before an act changed it, so that it can be taken back. */
export type BulkChangeTable = {
  act_id: string
  subscriber_id: string
  before: ColumnType<unknown, string, string>
}

import type { ColumnType, Generated, Selectable } from 'kysely'

/** One thing done to many subscribers, slice by slice. */
export type BulkActTable = {
  id: string
  /** What is done; read by src/audience/bulk/bulk-act.ts. */
  what: ColumnType<unknown, string, string>
  /** To whom; forgotten when it is done, for it may hold an address that somebody searched for. */
  scope: ColumnType<unknown, string, string | null>
  status: 'running' | 'done' | 'undoing' | 'undone'
  /** The last subscriber that has been reached. */
  cursor: string | null
  /** How many were counted when it was confirmed; null: they could not be counted in time. */
  expected: number | null
  seen: Generated<number>
  changed: Generated<number>
  /** For how many it was taken back. */
  undone: Generated<number>
  created_by: string | null
  created_at: Date
  finished_at: Date | null
}

export type BulkActRow = Selectable<BulkActTable>

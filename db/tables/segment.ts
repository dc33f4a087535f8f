import type { ColumnType, Selectable } from 'kysely'

/** A saved filter over subscribers. `tree` is read by src/audience/segments/segment-tree.ts. */
export type SegmentTable = {
  id: string
  name: string
  tree: ColumnType<unknown, string, string>
  created_by: string | null
  created_at: Date
  updated_at: Date
  archived_at: Date | null
}

export type Segment = Selectable<SegmentTable>

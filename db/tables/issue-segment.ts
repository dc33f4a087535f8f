import type { ColumnType, Selectable } from 'kysely'

/** What an issue takes of a segment: `only` the people in it, or `not` those. */
export type IssueSegmentTable = {
  issue_id: string
  segment_id: string
  rule: 'only' | 'not'
  /** The segment as it was when the issue was scheduled; null: as it is now. */
  tree: ColumnType<unknown, string | null | undefined, string | null>
}

export type IssueSegment = Selectable<IssueSegmentTable>

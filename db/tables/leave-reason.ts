import type { Generated, Selectable } from 'kysely'

/** Why somebody left after an issue; stays without the person when they are erased. */
export type LeaveReasonTable = {
  id: string
  subscriber_id: string | null
  issue_id: string
  reason: 'too-many' | 'not-relevant' | 'never-asked' | 'elsewhere' | 'other'
  note: Generated<string>
  created_at: Date
}

export type LeaveReason = Selectable<LeaveReasonTable>

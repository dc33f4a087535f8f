import type { Generated, GeneratedAlways, Selectable } from 'kysely'

/**
 * One word in the approval of an issue, never changed. `content_hash` names the content and audience it was said about
 * (src/issues/approval/content-hash.ts): whether it still holds follows from that alone. `no` is their order.
 */
export type ApprovalTable = {
  id: string
  no: GeneratedAlways<number>
  issue_id: string
  step: 'submitted' | 'withdrawn' | 'approved' | 'asked'
  content_hash: string
  note: Generated<string>
  /** Null for the command line. */
  account_id: string | null
  occurred_at: Date
}

export type Approval = Selectable<ApprovalTable>

import type { Generated, Selectable } from 'kysely'

/** Who intervened, in what, when. */
export type AuditEntryTable = {
  id: string
  account_id: string | null
  action: string
  subject_ids: string[]
  /** What changed, in words; empty when the action says it all. */
  detail: Generated<string>
  occurred_at: Date
}

export type AuditEntry = Selectable<AuditEntryTable>

import type { Selectable } from 'kysely'

/** Who intervened, in what, when. */
export type AuditEntryTable = {
  id: string
  account_id: string | null
  action: string
  subject_ids: string[]
  occurred_at: Date
}

export type AuditEntry = Selectable<AuditEntryTable>

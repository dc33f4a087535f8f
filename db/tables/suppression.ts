import type { Generated, Selectable } from 'kysely'

/** An address that must not be mailed, and why. */
export type SuppressionTable = {
  id: string
  email_key: string
  reason: 'hard-bounce' | 'complaint' | 'unsubscribe-all' | 'manual' | 'erased'
  note: Generated<string>
  created_at: Date
}

export type Suppression = Selectable<SuppressionTable>

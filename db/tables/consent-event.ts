import type { Selectable } from 'kysely'

/** Append-only evidence of what somebody agreed to or withdrew. */
export type ConsentEventTable = {
  id: string
  subscriber_id: string
  list_id: string | null
  issue_id: string | null
  kind: 'requested' | 'confirmed' | 'added' | 'withdrawn'
  channel: string
  consent_text: string | null
  language: string | null
  message_id: string | null
  note: string | null
  occurred_at: Date
}

export type ConsentEvent = Selectable<ConsentEventTable>

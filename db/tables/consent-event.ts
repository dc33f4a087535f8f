import type { Generated, Selectable } from 'kysely'

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
  /** The form that it was given by, in the version that was shown; both or neither. */
  form_id: Generated<string | null>
  form_version: Generated<number | null>
  occurred_at: Date
}

export type ConsentEvent = Selectable<ConsentEventTable>

import type { ColumnType, Selectable } from 'kysely'

/** One consent event as it is kept after an erasure: nothing in it says who the person was. */
export type KeptEvent = {
  kind: string
  list: string | null
  channel: string
  consentText: string | null
  language: string | null
  /** The sign-up form, in the version that was shown; kept since they are, like the two about the mail. */
  formId?: string | null
  formVersion?: number | null
  /** The mail whose link was followed: its Message-ID, which words and look it had, when it was sent. */
  messageId: string | null
  templateVersion?: string | null
  mailSentAt?: string | null
  occurredAt: string
}

/** What somebody who was erased had agreed to, kept for legal claims where the retention settings ask for it; found by the hash alone. */
export type KeptEvidenceTable = {
  id: string
  address_hash: Buffer
  key_id: string
  events: ColumnType<KeptEvent[], string, never>
  erased_at: Date
}

export type KeptEvidence = Selectable<KeptEvidenceTable>

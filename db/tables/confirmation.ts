import type { ColumnType, Generated, Selectable } from 'kysely'

/** A double opt-in that was asked for. The token is derived from the id and the key `key_id`, and kept hashed. */
export type ConfirmationTable = {
  id: string
  subscriber_id: string
  list_ids: string[]
  token_hash: Buffer
  key_id: string
  consent_text: string
  language: string
  /** The form that it was asked by, in the version that was shown; both or neither. */
  form_id: Generated<string | null>
  form_version: Generated<number | null>
  /** What was typed besides the address; the subscriber gets it when the mailbox is confirmed. */
  fields: ColumnType<Record<string, string>, string | undefined, string>
  created_at: Date
  expires_at: Date
  mail_message_id: string | null
  sent_at: Date | null
  /** Which words and look the mail had. */
  template_version: Generated<string | null>
  /** When the one reminder went out. */
  reminded_at: Generated<Date | null>
  used_at: Date | null
}

export type Confirmation = Selectable<ConfirmationTable>

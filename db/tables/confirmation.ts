import type { ColumnType, Generated, Selectable } from 'kysely'

/** A double opt-in that was asked for. The token is derived from the id and the key `key_id`, and kept hashed. */
export type ConfirmationTable = {
  id: string
  subscriber_id: string
  list_ids: string[]
  token_hash: Buffer
  /** The one whose link answers this one, too; it has no mail of its own. */
  with_id: Generated<string | null>
  /** A keyed hash of the mailbox, to count by. */
  mailbox_hash: Generated<Buffer | null>
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
  /** In which the mail went out. */
  mail_language: Generated<string | null>
  /** Which words and look the mail had. */
  template_version: Generated<string | null>
  /** When the one reminder went out. */
  reminded_at: Generated<Date | null>
  used_at: Date | null
}

export type Confirmation = Selectable<ConfirmationTable>

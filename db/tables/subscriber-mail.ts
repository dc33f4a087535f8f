import type { Generated, Selectable } from 'kysely'

/** A short mail to one person about their own affairs. The token in its link is derived from the id and the key `key_id`. */
export type SubscriberMailTable = {
  id: string
  subscriber_id: string
  kind: 'welcome' | 'goodbye' | 'download' | 'erase' | 'address' | 'address-notice'
  list_ids: Generated<string[]>
  /** Where it goes when that is not the subscriber's own address: the new one of a change, or the old one. */
  address: string | null
  /** Of a mail that only a form asked for: a keyed hash of the mailbox, to count by. */
  mailbox_hash: Generated<Buffer | null>
  /** Of the page on which it was asked for. */
  language: string
  key_id: string
  created_at: Date
  /** Not sent, and its link not honoured, after that. */
  expires_at: Date
  sent_at: Generated<Date | null>
  used_at: Generated<Date | null>
}

export type SubscriberMail = Selectable<SubscriberMailTable>

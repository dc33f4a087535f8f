import type { Selectable } from 'kysely'

/** What an account wrote down about a subscriber. */
export type SubscriberNoteTable = {
  id: string
  subscriber_id: string
  author_id: string | null
  text: string
  written_at: Date
}

export type SubscriberNote = Selectable<SubscriberNoteTable>

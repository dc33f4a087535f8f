import type { Selectable } from 'kysely'

/** Subscriber and list, with where it stands. */
export type SubscriptionTable = {
  list_id: string
  subscriber_id: string
  status: 'pending' | 'confirmed' | 'unsubscribed'
  created_at: Date
  confirmed_at: Date | null
  unsubscribed_at: Date | null
  unsubscribe_channel: 'one-click' | 'page' | 'mailto' | 'complaint' | 'admin' | null
  unsubscribe_issue_id: string | null
}

export type Subscription = Selectable<SubscriptionTable>

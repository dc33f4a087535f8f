import type { Generated, Selectable } from 'kysely'

/** The ledger: one issue to one subscriber. `status` is the sending state only; later events are timestamps set once. */
export type DeliveryTable = {
  id: string
  issue_id: string
  subscriber_id: string
  status: 'pending' | 'sending' | 'accepted' | 'rejected' | 'unknown' | 'skipped'
  batch_no: number
  /** On how many of the issue's lists the person stood at fan-out. */
  subscriptions: Generated<number>
  attempts: Generated<number>
  not_before: Date | null
  lease_until: Date | null
  first_attempt_at: Date | null
  finished_at: Date | null
  skip_reason: 'unconfirmed' | 'unsubscribed' | 'suppressed' | 'cancelled' | 'unsupported' | null
  smtp_stage: string | null
  smtp_code: number | null
  smtp_enhanced_code: string | null
  smtp_text: string | null
  bounced_at: Date | null
  complained_at: Date | null
}

export type Delivery = Selectable<DeliveryTable>

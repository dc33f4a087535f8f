import type { Generated, Selectable } from 'kysely'

/** The ledger, partitioned by month: one issue to one subscriber. `status` is the sending state only; later events are timestamps set once. */
export type DeliveryTable = {
  id: string
  issue_id: string
  /** First day of the month of the issue's release: the partition. */
  month: string
  subscriber_id: string
  status: 'pending' | 'sending' | 'accepted' | 'rejected' | 'unknown' | 'skipped'
  /** On how many of the issue's lists the person stood at fan-out. */
  subscriptions: Generated<number>
  /** Whether this reader belongs to the first few whose outcomes decide about the rest. */
  is_canary: Generated<boolean>
  /** Which subject this reader tries, 0 the issue's own; null: the one that is chosen for everybody else. */
  variant: number | null
  attempts: Generated<number>
  not_before: Date | null
  first_attempt_at: Date | null
  finished_at: Date | null
  skip_reason:
    | 'unconfirmed'
    | 'unsubscribed'
    | 'suppressed'
    | 'cancelled'
    | 'unsupported'
    | 'captured'
    | 'erased'
    | 'snoozed'
    | null
  smtp_stage: string | null
  smtp_code: number | null
  smtp_enhanced_code: string | null
  /** What a refusal means; see src/smtp/reply-class.ts. */
  smtp_class: string | null
  smtp_text: string | null
  bounced_at: Date | null
  complained_at: Date | null
}

export type Delivery = Selectable<DeliveryTable>

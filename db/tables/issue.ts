import type { ColumnType, Generated, Selectable } from 'kysely'

/** How the people on an issue's lists come down to those who get it; the numbers always add up. */
export type Balance = {
  /** Subscriptions on the lists that are pending or confirmed. */
  onLists: number
  /** Subscriptions of people already counted through another list. */
  duplicates: number
  unconfirmed: number
  suppressed: number
  /** onLists − duplicates − unconfirmed − suppressed. */
  recipients: number
}

/** One newsletter. `version` guards drafts against two editors; `scheduled_balance` is what was shown at scheduling, `balance` what fan-out found. */
export type IssueTable = {
  id: string
  status: 'draft' | 'scheduled' | 'sending' | 'paused' | 'sent' | 'cancelled'
  title: string
  subject: Generated<string>
  preheader: Generated<string>
  from_name: Generated<string>
  from_email: Generated<string>
  reply_to: string | null
  language: Generated<string>
  template: Generated<string>
  version: Generated<number>
  send_at: Date | null
  released_at: Date | null
  fanned_out_at: Date | null
  finished_at: Date | null
  paused_by: string | null
  created_by: string | null
  created_at: Date
  updated_at: Date
  scheduled_balance: ColumnType<Balance | null, string | null | undefined, string | null>
  balance: ColumnType<Balance | null, string | null | undefined, string | null>
}

export type Issue = Selectable<IssueTable>

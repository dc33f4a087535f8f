import type { Generated, Selectable } from 'kysely'

/** A range of an issue's deliveries by subscriber that one worker sends at a time. */
export type BatchTable = {
  issue_id: string
  batch_no: number
  first_subscriber_id: string
  last_subscriber_id: string
  /** When it has something to send; null: nothing is left. */
  due_at: Date | null
  /** Whether readers of the canary wait in it. */
  has_canary: Generated<boolean>
  /** The worker that holds it; its rows may be `sending`. */
  worker_id: string | null
  /** Names this taking: the same worker may take it again, under another name. */
  hold: string | null
}

export type Batch = Selectable<BatchTable>

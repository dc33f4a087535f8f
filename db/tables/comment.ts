import type { Generated, GeneratedAlways, Selectable } from 'kysely'

/**
 * A remark on an issue, or on one block of it, or an answer in the thread that `thread_id` began. `block_id` may name a block that was
 * removed; `about` says what it was. Only what begins a thread has a block and can be resolved. `no` is their order.
 */
export type CommentTable = {
  id: string
  no: GeneratedAlways<number>
  issue_id: string
  thread_id: string | null
  block_id: string | null
  about: Generated<string>
  body: string
  /** Null for the command line. */
  account_id: string | null
  written_at: Date
  resolved_at: Date | null
  resolved_by: string | null
}

export type Comment = Selectable<CommentTable>

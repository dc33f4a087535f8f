import type { DatabaseOrTx } from '../db/database.js'
import { newId } from '../db/uuid.js'

export type Intervention = {
  action: string
  subjectIds: readonly string[]
  /** What changed, where the action does not say it all. */
  detail?: string
  /** The account; null for the command line. */
  by: string | null
  now: Date
}

/** Notes who stepped in, in what and when; written in the transaction of the change itself. */
export async function recordAudit(
  db: DatabaseOrTx,
  { action, subjectIds, detail = '', by, now }: Intervention,
): Promise<void> {
  await db
    .insertInto('audit_entry')
    .values({
      id: newId(now),
      account_id: by,
      action,
      subject_ids: [...subjectIds],
      detail,
      occurred_at: now,
    })
    .execute()
}

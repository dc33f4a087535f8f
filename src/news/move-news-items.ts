import type { DatabaseOrTx } from '../../db/database.js'
import { type NewsStatus, newsStatesBefore } from './news-status.js'

type Decision = { to: NewsStatus; note: string; by: string | null; now: Date }

/** Moves those of the news items that stand where it is allowed, and says how many did. */
export async function moveNewsItems(
  db: DatabaseOrTx,
  ids: readonly string[],
  { to, note, by, now }: Decision,
): Promise<number> {
  if (ids.length === 0) return 0
  const isDecided = to !== 'proposed'
  const moved = await db
    .updateTable('news_item')
    .set((eb) => ({
      status: to,
      office_note: note,
      decided_by: isDecided ? by : null,
      decided_at: isDecided ? now : null,
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('id', 'in', [...ids])
    .where('status', 'in', newsStatesBefore(to))
    .executeTakeFirst()
  return Number(moved.numUpdatedRows)
}

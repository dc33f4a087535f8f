import type { Context } from '../context.js'
import { checkFeedJob } from './jobs.js'

const MOST_AT_ONCE = 200

/** Has every feed checked that is due; each check is a job of its own, so that a slow site delays no other. */
export async function checkFeeds({
  db,
  clock,
  queues,
}: Pick<Context, 'db' | 'clock' | 'queues'>): Promise<void> {
  const due = await db
    .selectFrom('feed')
    .select('id')
    .where('is_active', '=', true)
    .where('next_check_at', '<=', clock.now())
    .orderBy('next_check_at')
    .limit(MOST_AT_ONCE)
    .execute()
  for (const { id } of due) await queues.enqueue(checkFeedJob, { feedId: id })
}

/** Makes a feed due now and has it checked; one that rests stays at rest until it is switched on. */
export async function checkFeedNow(
  { db, clock, queues }: Pick<Context, 'db' | 'clock' | 'queues'>,
  feedId: string,
): Promise<void> {
  await db.updateTable('feed').set({ next_check_at: clock.now() }).where('id', '=', feedId).execute()
  await queues.enqueue(checkFeedJob, { feedId })
}

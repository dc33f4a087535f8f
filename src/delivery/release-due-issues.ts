import type { Context } from '../context.js'
import { fanOutIssueJob } from './jobs.js'

/** Starts every scheduled issue whose time has come; a second run finds none. */
export async function releaseDueIssues({
  db,
  clock,
  queues,
}: Pick<Context, 'db' | 'clock' | 'queues'>): Promise<void> {
  const now = clock.now()
  const due = await db
    .updateTable('issue')
    .set({ status: 'sending', released_at: now })
    .where('status', '=', 'scheduled')
    .where('send_at', '<=', now)
    .returning('id')
    .execute()
  for (const { id } of due) await queues.enqueue(fanOutIssueJob, { issueId: id })
}

import type { Context } from '../../context.js'
import { enqueueIssue } from '../enqueue-issue.js'

/** Every worker has read the limits anew by then. */
const LIMITS_READ_MS = 1200

/** Lets what an old limit holds back be looked at again, once every worker knows the new one: one issue, or all that are being sent. */
export async function wakeIssues(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  issueId: string | null = null,
): Promise<void> {
  let sending = ctx.db.selectFrom('issue').select('id').where('status', '=', 'sending')
  if (issueId) sending = sending.where('id', '=', issueId)
  for (const { id } of await sending.execute()) {
    // A batch that only holds deferred readers finds nothing due and goes back to sleep.
    await ctx.db
      .updateTable('batch')
      .set({ due_at: ctx.clock.now() })
      .where('issue_id', '=', id)
      .where('worker_id', 'is', null)
      .where('due_at', '>', ctx.clock.now())
      .execute()
    await enqueueIssue(ctx, id, { turns: [0, 1], delayMs: LIMITS_READ_MS })
  }
}

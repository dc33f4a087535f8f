import type { Context } from '../context.js'
import { moveIssue } from '../issues/move-issue.js'
import { enqueueOpenBatches } from './fan-out-issue.js'
import { fanOutIssueJob } from './jobs.js'

type Intervention = { issueId: string; accountId: string | null }

/** Holds an issue that is being sent: what is on the wire ends, nothing more is claimed. Throws `ConflictError`. */
export async function pauseIssue(
  { db }: Pick<Context, 'db'>,
  { issueId, accountId }: Intervention,
): Promise<void> {
  await moveIssue(db, { issueId, to: 'paused' }, { paused_by: accountId })
}

/** Lets a paused issue go on where it stopped. Throws `ConflictError`. */
export async function resumeIssue(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { issueId }: { issueId: string },
): Promise<void> {
  await moveIssue(ctx.db, { issueId, to: 'sending', from: ['paused'] }, { paused_by: null })
  await ctx.queues.enqueue(fanOutIssueJob, { issueId })
  await enqueueOpenBatches(ctx, issueId)
}

/** Ends an issue for good: whoever is still pending is skipped, what is on the wire gets its outcome. Throws `ConflictError`. */
export async function cancelIssue(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId }: { issueId: string },
): Promise<void> {
  await moveIssue(db, { issueId, to: 'cancelled' }, { finished_at: clock.now() })
  await db
    .updateTable('delivery')
    .set({ status: 'skipped', skip_reason: 'cancelled', finished_at: clock.now() })
    .where('issue_id', '=', issueId)
    .where('status', '=', 'pending')
    .execute()
}

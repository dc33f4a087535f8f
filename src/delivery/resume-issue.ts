import type { Context } from '../context.js'
import { moveIssue } from '../issues/move-issue.js'
import { recordAudit } from '../issues/record-audit.js'
import { fanOutIssueJob } from './jobs.js'
import { enqueueIssue } from './send-issue.js'

/** Lets a paused issue go on where it stopped. Throws `ConflictError`. */
export async function resumeIssue(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { issueId, by }: { issueId: string; by: string | null },
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await moveIssue(tx, { issueId, to: 'sending', from: ['paused'] }, { paused_by: null, pause_reason: null })
    await recordAudit(tx, { action: 'resume-issue', subjectIds: [issueId], by, now: ctx.clock.now() })
  })
  await ctx.queues.enqueue(fanOutIssueJob, { issueId })
  await enqueueIssue(ctx, issueId)
}

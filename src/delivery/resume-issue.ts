import { sql } from 'kysely'
import type { Context } from '../context.js'
import { moveIssue } from '../issues/move-issue.js'
import { recordAudit } from '../issues/record-audit.js'
import { enqueueIssue } from './enqueue-issue.js'
import { fanOutIssueJob } from './jobs.js'
import { triedAndRefused } from './watch-over-issue.js'

/** Lets a paused issue go on where it stopped. Throws `ConflictError`. */
export async function resumeIssue(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { issueId, by }: { issueId: string; by: string | null },
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const watched_from = JSON.stringify(await triedAndRefused({ db: tx }, issueId))
    const left = { paused_by: null, pause_reason: null, watched_from }
    await moveIssue(tx, { issueId, to: 'sending', from: ['paused'] }, left)
    // Whoever resumes after a failed canary has seen why.
    await tx
      .updateTable('issue')
      .set({
        canary_status: 'passed',
        subject_winner: sql`case when subject_test is not null then coalesce(subject_winner, 0) end`,
      })
      .where('id', '=', issueId)
      .where('canary_status', '=', 'failed')
      .execute()
    await recordAudit(tx, { action: 'resume-issue', subjectIds: [issueId], by, now: ctx.clock.now() })
  })
  await ctx.queues.enqueue(fanOutIssueJob, { issueId })
  await enqueueIssue(ctx, issueId)
}

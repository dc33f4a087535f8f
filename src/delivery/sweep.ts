import { sql } from 'kysely'
import type { Context } from '../context.js'
import { enqueueIssue } from './enqueue-issue.js'
import { finishIssue } from './finish-issue.js'
import { fanOutIssueJob } from './jobs.js'
import { progress } from './progress.js'
import { skipCancelled } from './skip-cancelled.js'
import { watchOverIssue } from './watch-over-issue.js'
import { buryWorkers, doubtForgotten, freeOrphans } from './worker-life.js'

/**
 * Takes up what a crash, a flushed queue or a lost job forgot: what a dead worker had on the wire becomes `unknown` (never resent by the
 * machine), what it held is free, due issues and unfinished fan-outs are enqueued again, finished issues end.
 */
export async function sweep(ctx: Pick<Context, 'db' | 'clock' | 'queues'>): Promise<void> {
  await buryWorkers(ctx)
  await freeOrphans(ctx)
  const cancelled = await sql<{ id: string }>`
    select i.id from issue i where i.status = 'cancelled' and exists (
      select from batch b where b.issue_id = i.id and b.due_at is not null)`.execute(ctx.db)
  for (const { id } of cancelled.rows) await skipCancelled(ctx, id)
  const open = await ctx.db
    .selectFrom('issue')
    .select(['id', 'fanned_out_at'])
    .where('status', 'in', ['sending', 'paused'])
    .execute()
  for (const issue of open) {
    if (!issue.fanned_out_at) await ctx.queues.enqueue(fanOutIssueJob, { issueId: issue.id })
    if ((await progress(ctx.db, issue.id)).sending > 0) await doubtForgotten(ctx, issue.id)
    // A canary whose readers have all left since is judged by nobody else.
    await watchOverIssue(ctx, issue.id)
    await enqueueIssue(ctx, issue.id)
    await finishIssue(ctx, issue.id)
  }
}

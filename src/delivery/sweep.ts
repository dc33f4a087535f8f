import type { Context } from '../context.js'
import { enqueueOpenBatches } from './fan-out-issue.js'
import { finishIssue } from './finish-issue.js'
import { fanOutIssueJob } from './jobs.js'

/**
 * Takes up what a crash, a flushed queue or a lost job forgot: deliveries whose lease ran out become `unknown` (never
 * resent by the machine), due batches and unfinished fan-outs are enqueued again, finished issues end.
 */
export async function sweep(ctx: Pick<Context, 'db' | 'clock' | 'queues'>): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db
    .updateTable('delivery')
    .set({
      status: 'unknown',
      lease_until: null,
      finished_at: now,
      smtp_text: 'The sender stopped before the reply.',
    })
    .where('status', '=', 'sending')
    .where('lease_until', '<', now)
    .execute()
  await ctx.db
    .updateTable('delivery')
    .from('issue')
    .set({ status: 'skipped', skip_reason: 'cancelled', finished_at: now })
    .whereRef('issue.id', '=', 'delivery.issue_id')
    .where('issue.status', '=', 'cancelled')
    .where('delivery.status', '=', 'pending')
    .execute()
  const sending = await ctx.db
    .selectFrom('issue')
    .select(['id', 'fanned_out_at'])
    .where('status', '=', 'sending')
    .execute()
  for (const issue of sending) {
    if (!issue.fanned_out_at) await ctx.queues.enqueue(fanOutIssueJob, { issueId: issue.id })
    await enqueueOpenBatches(ctx, issue.id)
    await finishIssue(ctx, issue.id)
  }
}

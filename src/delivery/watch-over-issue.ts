import type { Context } from '../context.js'
import { recordAudit } from '../issues/record-audit.js'
import { canaryCounts } from './canary-counts.js'
import { enqueueIssue } from './enqueue-issue.js'
import { progress } from './progress.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>

// Of fewer than this a share says nothing.
const ENOUGH = 100

/**
 * Ends the canary once its readers have been sent to, for better or worse, and pauses an issue of which too many are refused for
 * reasons of policy: what goes on like that costs the sender its name.
 */
export async function watchOverIssue(ctx: Needs, issueId: string): Promise<void> {
  const issue = await ctx.db
    .selectFrom('issue')
    .select(['status', 'canary', 'canary_status', 'fanned_out_at'])
    .where('id', '=', issueId)
    .executeTakeFirst()
  if (issue?.status !== 'sending') return
  if (issue.canary && issue.canary_status === 'running') {
    if (issue.fanned_out_at) await judgeCanary(ctx, { issueId, limitPercent: issue.canary.limitPercent })
    return
  }
  const { policy_limit_percent: limit } = await ctx.db
    .selectFrom('sending_settings')
    .select('policy_limit_percent')
    .executeTakeFirstOrThrow()
  const { accepted, rejected, rejectedBy } = await progress(ctx.db, issueId)
  const refused = (rejectedBy.policy ?? 0) + (rejectedBy.throttled ?? 0)
  const tried = accepted + rejected
  if (tried >= ENOUGH && (100 * refused) / tried > limit)
    await pauseItself(ctx, issueId, `${refused} of ${tried} readers were refused as a matter of policy.`)
}

async function judgeCanary(
  ctx: Needs,
  { issueId, limitPercent }: { issueId: string; limitPercent: number },
): Promise<void> {
  const { waiting, tried, refused } = await canaryCounts(ctx, issueId)
  if (waiting > 0) return
  const isWell = tried === 0 || (100 * refused) / tried <= limitPercent
  const { numUpdatedRows } = await ctx.db
    .updateTable('issue')
    .set({ canary_status: isWell ? 'passed' : 'failed' })
    .where('id', '=', issueId)
    .where('canary_status', '=', 'running')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  if (isWell) await enqueueIssue(ctx, issueId)
  else
    await pauseItself(
      ctx,
      issueId,
      `The first readers are a warning: ${refused} of ${tried} were refused, and ${limitPercent} % are allowed.`,
    )
}

async function pauseItself({ db, clock }: Needs, issueId: string, reason: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('issue')
      .set({ status: 'paused', paused_by: null, pause_reason: reason })
      .where('id', '=', issueId)
      .where('status', '=', 'sending')
      .executeTakeFirst()
    if (numUpdatedRows === 1n)
      await recordAudit(tx, { action: 'pause-issue', subjectIds: [issueId], by: null, now: clock.now() })
  })
}

import type { DatabaseOrTx, Tx } from '../../db/database.js'
import type { SubjectTest } from '../../db/tables/issue.js'
import type { Context } from '../context.js'
import { recordAudit } from '../issues/record-audit.js'
import { canaryCounts } from './canary-counts.js'
import { decideSubject } from './decide-subject.js'
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
    .select(['status', 'canary', 'canary_status', 'subject_test', 'fanned_out_at', 'watched_from'])
    .where('id', '=', issueId)
    .executeTakeFirst()
  if (issue?.status !== 'sending') return
  if (issue.canary && issue.canary_status === 'running') {
    const { canary, subject_test: test } = issue
    if (issue.fanned_out_at) await judgeCanary(ctx, { issueId, limitPercent: canary.limitPercent, test })
    return
  }
  const { policy_limit_percent: limit } = await ctx.db
    .selectFrom('sending_settings')
    .select('policy_limit_percent')
    .executeTakeFirstOrThrow()
  const now = await triedAndRefused(ctx, issueId)
  // Whoever let it go on after it had paused itself has seen what was refused until then.
  const tried = now.tried - (issue.watched_from?.tried ?? 0)
  const refused = now.refused - (issue.watched_from?.refused ?? 0)
  if (tried < ENOUGH || (100 * refused) / tried <= limit) return
  const reason = `${refused} of ${tried} readers were refused as a matter of policy, or for something in our set-up.`
  await ctx.db.transaction().execute((tx) => pauseItself(tx, { issueId, reason, now: ctx.clock.now() }))
}

/** How many of an issue's readers have been tried to the end, and how many of them were refused for what we send or how. */
export async function triedAndRefused(
  { db }: { db: DatabaseOrTx },
  issueId: string,
): Promise<{ tried: number; refused: number }> {
  const { accepted, rejected, rejectedBy } = await progress(db, issueId)
  const refused = (rejectedBy.policy ?? 0) + (rejectedBy.throttled ?? 0) + (rejectedBy.ours ?? 0)
  return { tried: accepted + rejected, refused }
}

async function judgeCanary(
  ctx: Needs,
  { issueId, limitPercent, test }: { issueId: string; limitPercent: number; test: SubjectTest | null },
): Promise<void> {
  const { waiting, tried, refused } = await canaryCounts(ctx, issueId)
  if (waiting > 0) return
  const isWell = tried === 0 || (100 * refused) / tried <= limitPercent
  if (isWell && test) return decideSubject(ctx, { issueId, test, tried })
  const reason = `The first readers are a warning: ${refused} of ${tried} were refused, and ${limitPercent} % are allowed.`
  // In one: a moment between a canary that failed and the pause would let everybody else's mail out.
  await ctx.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('issue')
      .set({ canary_status: isWell ? 'passed' : 'failed' })
      .where('id', '=', issueId)
      .where('canary_status', '=', 'running')
      .executeTakeFirst()
    if (numUpdatedRows === 1n && !isWell) await pauseItself(tx, { issueId, reason, now: ctx.clock.now() })
  })
  if (isWell) await enqueueIssue(ctx, issueId)
}

type SelfPause = { issueId: string; reason: string; now: Date }

async function pauseItself(tx: Tx, { issueId, reason, now }: SelfPause): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('issue')
    .set({ status: 'paused', paused_by: null, pause_reason: reason })
    .where('id', '=', issueId)
    .where('status', '=', 'sending')
    .executeTakeFirst()
  if (numUpdatedRows === 1n)
    await recordAudit(tx, { action: 'pause-issue', subjectIds: [issueId], detail: reason, by: null, now })
}

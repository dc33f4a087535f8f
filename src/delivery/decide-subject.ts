import { type RawBuilder, sql } from 'kysely'
import type { SubjectTest } from '../../db/tables/issue.js'
import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'
import { chooseSubject } from './choose-subject.js'
import { enqueueIssue } from './enqueue-issue.js'
import { bestSubject, type CountClicks, subjectCounts } from './subject-counts.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>

const HOUR_MS = 3_600_000

/**
 * Goes on with the subject test of an issue whose part has been sent to: sets the hour of the decision, and when that has come lets
 * everybody else have the best subject. Until then those of the part who were deferred are tried again. When nobody was left in
 * the part there is nothing to wait for.
 */
export async function decideSubject(
  ctx: Needs,
  { issueId, test, tried }: { issueId: string; test: SubjectTest; tried: number },
  clicksOf?: CountClicks,
): Promise<void> {
  const now = ctx.clock.now()
  const decidesAt = tried === 0 ? now : await hourOfDecision(ctx, issueId, test)
  if (now < decidesAt) return wakePart(ctx, issueId)
  const counts = await subjectCounts(ctx.db, { issueId, subjects: test.subjects.length + 1 }, clicksOf)
  try {
    await chooseSubject(ctx, { issueId, variant: bestSubject(counts), by: null })
  } catch (error) {
    // Somebody was quicker, a person or another worker.
    if (!(error instanceof ConflictError)) throw error
  }
}

async function hourOfDecision({ db, clock }: Needs, issueId: string, test: SubjectTest): Promise<Date> {
  const later = new Date(clock.now().getTime() + test.hours * HOUR_MS)
  const { subject_decides_at } = await db
    .updateTable('issue')
    .set(({ fn, val }) => ({ subject_decides_at: fn.coalesce('subject_decides_at', val(later)) }))
    .where('id', '=', issueId)
    .returning('subject_decides_at')
    .executeTakeFirstOrThrow()
  return subject_decides_at ?? later
}

// While the part alone may be sent to, a batch whose readers of the part are all settled or deferred is not taken.
async function wakePart(ctx: Needs, issueId: string): Promise<void> {
  const due: RawBuilder<unknown> = sql`
    select from delivery d where d.issue_id = b.issue_id and d.is_canary and d.status = 'pending' and d.not_before <= ${ctx.clock.now()}
      and d.subscriber_id between b.first_subscriber_id and b.last_subscriber_id`
  const { numAffectedRows } = await sql`
    update batch b set has_canary = true
    where b.issue_id = ${issueId} and b.worker_id is null and not b.has_canary and exists (${due})`.execute(
    ctx.db,
  )
  if (numAffectedRows) await enqueueIssue(ctx, issueId)
}

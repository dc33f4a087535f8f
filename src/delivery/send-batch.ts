import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { type ClaimedDelivery, claimDeliveries } from './claim-deliveries.js'
import { composeMail, type SendingIssue } from './compose-mail.js'
import { finishIssue } from './finish-issue.js'
import { type Attempt, recordOutcomes, storableText } from './record-outcomes.js'
import { sendingIssue } from './sending-issue.js'

// Longer than the slowest conversation RFC 5321 §4.5.3.2 allows for one message.
const LEASE_MS = 30 * 60_000

type Needs = Pick<Context, 'db' | 'clock' | 'config' | 'keys' | 'mailer'>

/** Our own relay is in trouble: the batch is tried again later, no reader has lost an attempt. */
export class RelayUnavailableError extends Error {
  override name = 'RelayUnavailableError'
}

/**
 * Sends what is due of a batch: claims a group, sends it, writes the group's outcomes, and goes on until nothing is left
 * or `signal` says stop. Throws `RelayUnavailableError` when the relay, not a reader, refused.
 */
export async function sendBatch(
  ctx: Needs,
  { issueId, batchNo }: { issueId: string; batchNo: number },
  signal?: AbortSignal,
): Promise<void> {
  const issue = await sendingIssue(ctx.db, issueId)
  const limit = 2 * ctx.mailer.connections
  while (!signal?.aborted) {
    const now = ctx.clock.now()
    const leaseUntil = new Date(now.getTime() + LEASE_MS)
    const { claimed, settled } = await claimDeliveries(ctx.db, { issueId, batchNo, limit, now, leaseUntil })
    if (settled === 0) break
    const ends = await Promise.allSettled(claimed.map((delivery) => sendOne(ctx, issue, delivery)))
    const attempts = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
    await recordOutcomes(ctx.db, attempts, ctx.clock.now())
    await refuseIfUnavailable(ctx, attempts)
    // Only now: one mail that cannot be made must not cost the others of its group their outcomes.
    const broken = ends.find((end) => end.status === 'rejected')
    if (broken) throw broken.reason
  }
  await finishIssue(ctx, issueId)
}

async function sendOne(ctx: Needs, issue: SendingIssue, delivery: ClaimedDelivery): Promise<Attempt> {
  return { delivery, outcome: await ctx.mailer.send(composeMail(ctx, issue, delivery)) }
}

async function refuseIfUnavailable({ db, clock }: Needs, attempts: readonly Attempt[]): Promise<void> {
  const failed = attempts.find((attempt) => attempt.outcome.kind === 'unavailable')
  if (!failed) return
  const { stage, code, text } = failed.outcome.reply
  const now = clock.now()
  await db
    .insertInto('transport_error')
    .values({ id: newId(now), occurred_at: now, stage, code, text: storableText(text) })
    .execute()
  throw new RelayUnavailableError(`The relay refused at ${stage}.`)
}

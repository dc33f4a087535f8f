import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import type { Mail, Outcome } from '../smtp/mailer.js'
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
  // A process works on two batches at once, so at most twice its connections can be left in doubt.
  const limit = ctx.mailer.connections
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
  const mail = mailOrRefusal(ctx, issue, delivery)
  return { delivery, outcome: 'kind' in mail ? mail : await ctx.mailer.send(mail) }
}

// Nothing was on the wire, so there is no doubt: the operator may retry once the cause is mended.
function mailOrRefusal(ctx: Needs, issue: SendingIssue, delivery: ClaimedDelivery): Mail | Outcome {
  try {
    return composeMail(ctx, issue, delivery)
  } catch (error) {
    const why = error instanceof DomainError ? error.message : 'unexpected trouble on our side.'
    const text = `This mail could not be made: ${why}`
    return { kind: 'rejected', reply: { stage: 'compose', code: null, enhancedCode: null, text } }
  }
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

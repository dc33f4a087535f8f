import { newId } from '../../db/uuid.js'
import { captureMail } from '../capture-mail.js'
import { DomainError } from '../errors.js'
import type { Outcome, WireMessage } from '../smtp/mailer.js'
import type { DueDelivery } from './batches.js'
import { composeMessage } from './compose-message.js'
import { slowProvider } from './limits/slow-provider.js'
import type { Run, SendNeeds } from './send-batch.js'
import type { ReadyIssue } from './sending-issue.js'
import { settlementOf, storableText } from './settlement.js'
import { skipErased } from './skip-erased.js'

const HOUR_MS = 3_600_000

/** Claims one delivery, sends it and settles it; nothing leaves before the claim is durable. */
export async function sendOne(run: Run, delivery: DueDelivery): Promise<void> {
  const { ctx, sender, batch, issue } = run
  const { issueId, month, batchNo, hold } = batch
  const { subscriberId, emailKey, attempts, email } = delivery
  if (email === null) return skipErased(ctx, { issueId, month, subscriberId })
  const captured = ctx.config.capture?.captures(emailKey) ?? false
  const claim = { issueId, month, batchNo, hold, subscriberId, emailKey, attempts, isCaptured: captured }
  const variant = delivery.variant ?? batch.subjectWinner
  const message = await messageOrRefusal(ctx, issue, { ...delivery, email, variant })
  const answer = await sender.ledger.claim(claim)
  if (answer === 'refused') run.halted ??= { end: 'refused' }
  if (answer !== 'sending') {
    const isTaken = typeof answer === 'object' && answer.skipped === 'captured'
    if (!isTaken || 'kind' in message) return
    const recipient = message.envelope.to
    return captureMail(ctx, { issueId, recipient, message: Buffer.concat(message.chunks) })
  }
  const claimedAt = ctx.clock.now()
  const outcome = 'kind' in message ? message : await deliver(ctx, message)
  const attempt = {
    ...claim,
    attempts: attempts + 1,
    firstAttemptAt: delivery.firstAttemptAt ?? claimedAt,
    outcome,
  }
  const giveUpAfterMs = sender.limits().settings.give_up_hours * HOUR_MS
  if (outcome.kind === 'unavailable') haltFor(run, outcome)
  await sender.ledger.settle(settlementOf(attempt, { now: ctx.clock.now(), giveUpAfterMs }))
  // Only after the outcome is durable: what is noted beside it may fail.
  if (outcome.kind === 'unavailable') await noteTrouble(run, outcome)
  if (outcome.reply.class === 'throttled') await slowDown(run, emailKey, outcome)
}

/** Trouble with the mail server is everybody's: nothing more is claimed until it works. */
function haltFor(run: Run, { reply }: Outcome): void {
  const until = run.ctx.mailer.restsUntil()
  const isOurs = reply.stage === 'connect' || reply.stage === 'auth' || reply.stage === 'mail-from'
  if (until || isOurs) run.halted ??= { end: 'held', until }
}

// A mailer does not throw; if it did, nobody could tell what was on the wire.
async function deliver({ mailer, log }: SendNeeds, message: WireMessage): Promise<Outcome> {
  try {
    return await mailer.deliver(message)
  } catch (error) {
    log.error({ reason: (error as Error).message }, 'the mailer failed')
    const text = 'The mailer failed before the reply.'
    return { kind: 'unknown', reply: { stage: 'data', code: null, enhancedCode: null, text } }
  }
}

/** Writes down, once for a run, what the trouble was. */
async function noteTrouble(run: Run, { reply }: Outcome): Promise<void> {
  // A message that waited in vain for a connection is no news.
  if (run.isTroubleNoted || reply.stage === 'compose') return
  run.isTroubleNoted = true
  const now = run.ctx.clock.now()
  const { stage, code } = reply
  const text = storableText(reply.text)
  await run.ctx.db
    .insertInto('transport_error')
    .values({ id: newId(now), occurred_at: now, stage, code, text })
    .execute()
}

async function slowDown({ ctx, sender }: Run, address: string, { reply }: Outcome): Promise<void> {
  const name = sender.providers.of(address, true)
  if (!name) return
  await slowProvider(ctx.db, { name, reason: reply.text, now: ctx.clock.now() })
  await sender.refresh()
}

// Nothing was on the wire, so there is no doubt: the operator may retry once the cause is mended.
async function messageOrRefusal(
  ctx: SendNeeds,
  issue: ReadyIssue,
  delivery: DueDelivery & { email: string; variant: number },
): Promise<WireMessage | Outcome> {
  try {
    const listId = delivery.listId ?? [...issue.lists.keys()][0] ?? ''
    return await composeMessage(ctx, issue, { ...delivery, listId })
  } catch (error) {
    const isExpected = error instanceof DomainError
    if (!isExpected) ctx.log.error({ reason: (error as Error).message }, 'a mail could not be made')
    const text = `This mail could not be made: ${isExpected ? error.message : 'unexpected trouble on our side.'}`
    // Ours, so that an issue of which many cannot be made pauses itself.
    const replyClass = isExpected ? 'content' : 'ours'
    return {
      kind: 'rejected',
      reply: { stage: 'compose', code: null, enhancedCode: null, text, class: replyClass },
    }
  }
}

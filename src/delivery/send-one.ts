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

// Trouble of ours that came with one reader: others go on, this one waits.
const OURS_MS = 10 * 60_000
const HOUR_MS = 3_600_000

/** Claims one delivery, sends it and settles it; nothing leaves before the claim is durable. */
export async function sendOne(run: Run, delivery: DueDelivery): Promise<void> {
  const { ctx, sender, batch, issue } = run
  const { issueId, month, batchNo } = batch
  const { subscriberId, emailKey, attempts, email } = delivery
  if (email === null) return skipErased(ctx, { issueId, month, subscriberId })
  const captured = ctx.config.capture?.captures(emailKey) ?? false
  const claim = { issueId, month, batchNo, subscriberId, emailKey, attempts, isCaptured: captured }
  const message = await messageOrRefusal(ctx, issue, { ...delivery, email })
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
  const retryOursAt = outcome.kind === 'unavailable' ? await noteTrouble(run, outcome) : null
  if (outcome.reply.class === 'throttled') await slowDown(run, emailKey, outcome)
  const attempt = {
    ...claim,
    attempts: attempts + 1,
    firstAttemptAt: delivery.firstAttemptAt ?? claimedAt,
    outcome,
  }
  const giveUpAfterMs = sender.limits().settings.give_up_hours * HOUR_MS
  await sender.ledger.settle(settlementOf(attempt, { now: ctx.clock.now(), giveUpAfterMs, retryOursAt }))
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

/** When the reader may be tried again: with the relays, or a little later when only this one met trouble of ours. */
async function noteTrouble(run: Run, { reply }: Outcome): Promise<Date | null> {
  const { db, clock, mailer } = run.ctx
  const now = clock.now()
  const until = mailer.restsUntil()
  const isFirst = run.halted === null
  if (until || reply.stage === 'connect' || reply.stage === 'auth' || reply.stage === 'mail-from')
    run.halted ??= { end: 'held', until }
  const { stage, code } = reply
  const text = storableText(reply.text)
  if (isFirst)
    await db
      .insertInto('transport_error')
      .values({ id: newId(now), occurred_at: now, stage, code, text })
      .execute()
  return run.halted ? null : new Date(now.getTime() + OURS_MS)
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
  delivery: DueDelivery & { email: string },
): Promise<WireMessage | Outcome> {
  try {
    const listId = delivery.listId ?? [...issue.lists.keys()][0] ?? ''
    return await composeMessage(ctx, issue, { ...delivery, listId })
  } catch (error) {
    const why = error instanceof DomainError ? error.message : 'unexpected trouble on our side.'
    const text = `This mail could not be made: ${why}`
    return {
      kind: 'rejected',
      reply: { stage: 'compose', code: null, enhancedCode: null, text, class: 'content' },
    }
  }
}

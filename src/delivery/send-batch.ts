import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import type { Outcome, WireMessage } from '../smtp/mailer.js'
import { type DueDelivery, dueDeliveries, type HeldBatch, releaseBatch } from './batches.js'
import { composeMessage } from './compose-message.js'
import { keyOf, type Sender } from './sender.js'
import type { ReadyIssue } from './sending-issue.js'
import { settlementOf, storableText } from './settlement.js'
import { skipErased } from './skip-erased.js'

export type SendNeeds = Pick<Context, 'db' | 'clock' | 'config' | 'keys' | 'mailer' | 'log'>

/** How a batch ended: everything due was sent; told to stop; not ours to send any more; or the relays rest until then. */
export type BatchEnd = { end: 'done' | 'stopped' | 'refused' } | { end: 'held'; until: Date | null }

// Trouble of ours that came with one reader: others go on, this one waits.
const OURS_MS = 10 * 60_000

/**
 * Sends what is due of a batch that this worker holds, and gives it back. Every delivery is claimed before its bytes leave and settled
 * after the reply, many of them in one write; `stop` ends it after what is on the wire. Never throws for what a mail server says.
 */
export async function sendBatch(
  ctx: SendNeeds,
  sender: Sender,
  { batch, stop }: { batch: HeldBatch; stop: { readonly aborted: boolean } },
): Promise<BatchEnd> {
  sender.held.add(keyOf(batch))
  try {
    return await sendHeld(ctx, sender, { batch, stop })
  } finally {
    sender.held.delete(keyOf(batch))
  }
}

async function sendHeld(
  ctx: SendNeeds,
  sender: Sender,
  { batch, stop }: { batch: HeldBatch; stop: { readonly aborted: boolean } },
): Promise<BatchEnd> {
  const run: Run = { ctx, sender, batch, issue: await sender.issue(batch.issueId), halted: null }
  const due = await dueDeliveries(ctx.db, batch, ctx.clock.now())
  const working = new Set<Promise<void>>()
  try {
    for (const delivery of due) {
      await sender.room.enter()
      if (stop.aborted || run.halted) {
        sender.room.leave()
        break
      }
      const work = sendOne(run, delivery)
        .catch((error: Error) => {
          run.halted ??= { end: 'stopped' }
          ctx.log.error({ reason: error.message }, 'a delivery could not be handled')
        })
        .finally(() => {
          working.delete(work)
          sender.room.leave()
        })
      working.add(work)
    }
  } finally {
    await Promise.all(working)
    const heldUntil = run.halted?.end === 'held' ? run.halted.until : null
    await releaseBatch(ctx.db, batch, { workerId: sender.workerId, now: ctx.clock.now(), heldUntil })
  }
  return run.halted ?? { end: stop.aborted ? 'stopped' : 'done' }
}

type Run = { ctx: SendNeeds; sender: Sender; batch: HeldBatch; issue: ReadyIssue; halted: BatchEnd | null }

async function sendOne(run: Run, delivery: DueDelivery): Promise<void> {
  const { ctx, sender, batch, issue } = run
  const { issueId, month, batchNo } = batch
  const { subscriberId, emailKey, attempts, email } = delivery
  if (email === null) return skipErased(ctx, { issueId, month, subscriberId })
  const claim = { issueId, month, batchNo, subscriberId, emailKey, attempts, isCaptured: false }
  const message = messageOrRefusal(ctx, issue, { ...delivery, email })
  const answer = await sender.ledger.claim(claim)
  if (answer === 'refused') run.halted ??= { end: 'refused' }
  if (answer !== 'sending') return
  const claimedAt = ctx.clock.now()
  const outcome = 'kind' in message ? message : await deliver(ctx, message)
  const retryOursAt = outcome.kind === 'unavailable' ? await noteTrouble(run, outcome) : null
  const attempt = {
    ...claim,
    attempts: attempts + 1,
    firstAttemptAt: delivery.firstAttemptAt ?? claimedAt,
    outcome,
  }
  const rules = { now: ctx.clock.now(), giveUpAfterMs: 48 * 3_600_000, retryOursAt }
  await sender.ledger.settle(settlementOf(attempt, rules))
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
  if (isFirst)
    await db
      .insertInto('transport_error')
      .values({
        id: newId(now),
        occurred_at: now,
        stage: reply.stage,
        code: reply.code,
        text: storableText(reply.text),
      })
      .execute()
  return run.halted ? null : new Date(now.getTime() + OURS_MS)
}

// Nothing was on the wire, so there is no doubt: the operator may retry once the cause is mended.
function messageOrRefusal(
  ctx: SendNeeds,
  issue: ReadyIssue,
  delivery: DueDelivery & { email: string },
): WireMessage | Outcome {
  try {
    const { listId } = delivery
    return composeMessage(ctx, issue, { ...delivery, listId: listId ?? [...issue.lists.keys()][0] ?? '' })
  } catch (error) {
    const why = error instanceof DomainError ? error.message : 'unexpected trouble on our side.'
    const text = `This mail could not be made: ${why}`
    return {
      kind: 'rejected',
      reply: { stage: 'compose', code: null, enhancedCode: null, text, class: 'content' },
    }
  }
}

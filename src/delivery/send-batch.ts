import { setTimeout as delay } from 'node:timers/promises'
import type { Context } from '../context.js'
import { type DueDelivery, dueDeliveries, type HeldBatch, releaseBatch } from './batches.js'
import {
  commonLimits,
  limitsProviders,
  providerConnections,
  providerLimits,
  providerRests,
} from './permit.js'
import { sendOne } from './send-one.js'
import type { Sender } from './sender.js'
import type { ReadyIssue } from './sending-issue.js'

export type SendNeeds = Pick<Context, 'db' | 'clock' | 'config' | 'keys' | 'dkim' | 'mailer' | 'log'>

/** How a batch ended: everything due was sent; told to stop; not ours to send any more; or nothing may leave until then. */
export type BatchEnd = { end: 'done' | 'stopped' | 'refused' } | { end: 'held'; until: Date | null }

type Stop = { readonly aborted: boolean }

/** One batch being sent. */
export type Run = {
  ctx: SendNeeds
  sender: Sender
  batch: HeldBatch
  issue: ReadyIssue
  /** Deliveries being sent. */
  working: Set<Promise<void>>
  /** Why it ends early. */
  halted: BatchEnd | null
  /** When the first of those that were passed over may be sent to. */
  passedOverUntil: Date | null
  /** Whether a line was left before its end, so that the batch has more to do at once. */
  isCut: boolean
  isTroubleNoted: boolean
}

const LOOK_AGAIN_MS = 50
// A longer wait is not worth holding a batch for.
const WAIT_MAX_MS = 1000
/** How long a turn waits for the last answers of a batch; then the batch ends by itself, and the turn is another's. */
const TAIL_MS = 3000

/**
 * Sends what is due of a batch that this worker holds, and gives it back. Every delivery is claimed before its bytes leave and settled
 * after the reply, many of them in one write; `stop` ends it after what is on the wire. Readers of a provider that is limited go in a
 * line of their own, so that the others need not wait for them; and nobody waits long for a mail server that does not answer: the batch is
 * given back when it does, in the background, as one of the sender's tails. Never throws for what a mail server says.
 */
export async function sendBatch(
  ctx: SendNeeds,
  sender: Sender,
  { batch, stop }: { batch: HeldBatch; stop: Stop },
): Promise<BatchEnd> {
  sender.held.add(batch.hold)
  const begin = { halted: null, passedOverUntil: null, isCut: false, isTroubleNoted: false }
  const run: Run = {
    ctx,
    sender,
    batch,
    working: new Set(),
    ...begin,
    issue: await issueOf(ctx, sender, batch),
  }
  try {
    await handOver(run, stop)
  } catch (error) {
    run.halted ??= { end: 'stopped' }
    ctx.log.error({ reason: (error as Error).message }, 'a batch could not be sent')
  }
  const tail = giveBack(run)
  sender.tails.add(tail)
  void tail.finally(() => sender.tails.delete(tail))
  await Promise.race([tail, delay(TAIL_MS, null, { ref: false })])
  return run.halted ?? { end: stop.aborted ? 'stopped' : 'done' }
}

async function issueOf(ctx: SendNeeds, sender: Sender, batch: HeldBatch): Promise<ReadyIssue> {
  try {
    return await sender.issue(batch.issueId)
  } catch (error) {
    await releaseBatch(ctx.db, batch, { now: ctx.clock.now(), heldUntil: null })
    sender.held.delete(batch.hold)
    throw error
  }
}

/** Resolves when everything due of the batch is on its way, or nothing more may go. */
async function handOver(run: Run, stop: Stop): Promise<void> {
  const { ctx, batch } = run
  const due = await dueDeliveries(ctx.db, batch, ctx.clock.now())
  const lines = [...linesOf(run, due)].map(([provider, line]) => sendLine(run, { provider, line, stop }))
  const failed = (await Promise.allSettled(lines)).find((line) => line.status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

/** Gives the batch back once the last of it is settled; trouble with that is left to the heartbeat. */
async function giveBack(run: Run): Promise<void> {
  const { ctx, sender, batch } = run
  while (run.working.size > 0) await Promise.all(run.working)
  try {
    // Who is passed over waits; the others of the batch do not wait with them.
    const passed = run.isCut ? null : run.passedOverUntil
    const heldUntil = run.halted?.end === 'held' ? run.halted.until : passed
    await releaseBatch(ctx.db, batch, { now: ctx.clock.now(), heldUntil })
  } catch (error) {
    ctx.log.warn({ reason: (error as Error).message }, 'a batch could not be given back')
  } finally {
    sender.held.delete(batch.hold)
  }
}

/** The readers of each provider that is limited now, and everybody else under null. */
function linesOf({ sender }: Run, due: readonly DueDelivery[]): Map<string | null, DueDelivery[]> {
  const limits = sender.limits()
  const matters = limitsProviders(limits)
  const lines = new Map<string | null, DueDelivery[]>()
  for (const delivery of due) {
    const found = matters ? sender.providers.of(delivery.emailKey, true) : null
    const provider = found && limits.providers.has(found) ? found : null
    const line = lines.get(provider) ?? []
    lines.set(provider, line)
    line.push(delivery)
  }
  return lines
}

type Line = { provider: string | null; line: readonly DueDelivery[]; stop: Stop }

async function sendLine(run: Run, { provider, line, stop }: Line): Promise<void> {
  const { ctx, sender, working } = run
  for (const delivery of line) {
    const leave = await mayLeave(run, provider, stop)
    if (leave === 'cut') run.isCut = true
    if (leave !== 'go') break
    await sender.room.enter()
    if (stop.aborted || run.halted) {
      run.isCut = true
      sender.room.leave()
      break
    }
    if (provider) sender.underWay.set(provider, (sender.underWay.get(provider) ?? 0) + 1)
    const work = sendOne(run, delivery)
      .catch((error: Error) => {
        run.halted ??= { end: 'stopped' }
        ctx.log.error({ reason: error.message }, 'a delivery could not be handled')
      })
      .finally(() => {
        working.delete(work)
        sender.room.leave()
        if (provider) sender.underWay.set(provider, (sender.underWay.get(provider) ?? 1) - 1)
      })
    working.add(work)
  }
}

/** `go`; `passed`: the rest of this line waits longer than is worth waiting here; `cut`: nothing more of the batch may go now. */
type Leave = 'go' | 'passed' | 'cut'

/** Waits until the next message of a line may leave, or says why not. */
async function mayLeave(run: Run, provider: string | null, stop: Stop): Promise<Leave> {
  const { ctx, sender, batch, issue } = run
  while (!stop.aborted && !run.halted) {
    const now = ctx.clock.now()
    const limits = sender.limits()
    const rests = providerRests(limits, provider, now)
    if (rests) return passOver(run, rests)
    const share = provider ? providerConnections(limits, provider, sender.workerId) : null
    if (share === 0) return passOver(run, new Date(now.getTime() + 5 * WAIT_MAX_MS))
    if (share !== null && provider && (sender.underWay.get(provider) ?? 0) >= share) {
      await delay(LOOK_AGAIN_MS)
      continue
    }
    const { firstRatePerHour, senderDomain } = issue
    const common = commonLimits(limits, { issueId: batch.issueId, firstRatePerHour, senderDomain, now })
    const own = providerLimits(limits, provider)
    if (common.length + own.length === 0) return 'go'
    const again = await sender.allowance.take([...own, ...common])
    if (!again) return 'go'
    const wait = again.getTime() - now.getTime()
    if (wait > WAIT_MAX_MS) {
      if (provider && own.length > 0) return passOver(run, again)
      run.halted ??= { end: 'held', until: again }
      return 'cut'
    }
    await delay(Math.min(wait, LOOK_AGAIN_MS))
  }
  return 'cut'
}

function passOver(run: Run, until: Date): 'passed' {
  if (!run.passedOverUntil || until < run.passedOverUntil) run.passedOverUntil = until
  return 'passed'
}

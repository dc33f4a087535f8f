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
import { keyOf, type Sender } from './sender.js'
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
  /** Why it ends early. */
  halted: BatchEnd | null
  /** When the first of those that were passed over may be sent to. */
  passedOverUntil: Date | null
}

const LOOK_AGAIN_MS = 50
// A longer wait is not worth holding a batch for.
const WAIT_MAX_MS = 1000

/**
 * Sends what is due of a batch that this worker holds, and gives it back. Every delivery is claimed before its bytes leave and settled
 * after the reply, many of them in one write; `stop` ends it after what is on the wire. Readers of a provider that is limited go in a
 * line of their own, so that the others need not wait for them. Never throws for what a mail server says.
 */
export async function sendBatch(
  ctx: SendNeeds,
  sender: Sender,
  { batch, stop }: { batch: HeldBatch; stop: Stop },
): Promise<BatchEnd> {
  sender.held.add(keyOf(batch))
  try {
    const issue = await sender.issue(batch.issueId)
    const run: Run = { ctx, sender, batch, issue, halted: null, passedOverUntil: null }
    const due = await dueDeliveries(ctx.db, batch, ctx.clock.now())
    try {
      await Promise.all(
        [...linesOf(run, due)].map(([provider, line]) => sendLine(run, { provider, line, stop })),
      )
    } finally {
      const heldUntil = run.halted?.end === 'held' ? run.halted.until : run.passedOverUntil
      await releaseBatch(ctx.db, batch, { workerId: sender.workerId, now: ctx.clock.now(), heldUntil })
    }
    return run.halted ?? { end: stop.aborted ? 'stopped' : 'done' }
  } finally {
    sender.held.delete(keyOf(batch))
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
  const { ctx, sender } = run
  const working = new Set<Promise<void>>()
  try {
    for (const delivery of line) {
      if (!(await mayLeave(run, provider, stop))) break
      await sender.room.enter()
      if (stop.aborted || run.halted) {
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
  } finally {
    await Promise.all(working)
  }
}

/** Waits until the next message of a line may leave; false when that takes longer than it is worth to wait here. */
async function mayLeave(run: Run, provider: string | null, stop: Stop): Promise<boolean> {
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
    if (common.length + own.length === 0) return true
    const again = await sender.allowance.take([...own, ...common])
    if (!again) return true
    const wait = again.getTime() - now.getTime()
    if (wait > WAIT_MAX_MS) {
      if (provider && own.length > 0) return passOver(run, again)
      run.halted ??= { end: 'held', until: again }
      return false
    }
    await delay(Math.min(wait, LOOK_AGAIN_MS))
  }
  return false
}

function passOver(run: Run, until: Date): false {
  if (!run.passedOverUntil || until < run.passedOverUntil) run.passedOverUntil = until
  return false
}

import type { ReplyClass } from '../smtp/reply-class.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Two days of trying, unless the settings say otherwise. */
export const GIVE_UP_AFTER_MS = 48 * HOUR_MS

const minutes = (...pauses: number[]) => pauses.map((pause) => pause * MINUTE_MS)
const SOFT = minutes(5, 15, 30, 60, 120, 240)
/** Pauses between attempts; the last one repeats. RFC 5321 §4.5.4.1 asks for patience, greylisting for some minutes. */
const PAUSES: Readonly<Record<ReplyClass, readonly number[]>> = {
  greylisted: minutes(5, 10, 15, 30, 60, 120, 240),
  soft: SOFT,
  full: minutes(60, 240, 720),
  throttled: minutes(10, 20, 40, 60, 120, 240),
  policy: minutes(30, 60, 120, 240),
  content: minutes(30, 60, 120, 240),
  hard: SOFT,
  'hard-if-repeated': SOFT,
  unsupported: SOFT,
  ours: minutes(10),
}

export type Deferral = { now: Date; replyClass: ReplyClass; giveUpAfterMs?: number }

/** When a deferred delivery may be tried again, or null when the time for trying is over (48 hours unless told). */
export function nextAttemptAt(
  delivery: { attempts: number; firstAttemptAt: Date },
  { now, replyClass, giveUpAfterMs = GIVE_UP_AFTER_MS }: Deferral,
): Date | null {
  const pauses = PAUSES[replyClass]
  const pause = pauses[Math.min(delivery.attempts, pauses.length) - 1] ?? MINUTE_MS
  const next = now.getTime() + pause
  return next - delivery.firstAttemptAt.getTime() > giveUpAfterMs ? null : new Date(next)
}

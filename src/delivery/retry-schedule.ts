const MINUTE_MS = 60_000
const PAUSES_MS = [5, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS)
const GIVE_UP_AFTER_MS = 48 * 60 * MINUTE_MS

/** When a deferred delivery may be tried again, or null when 48 hours of trying are over (RFC 5321 §4.5.4.1). */
export function nextAttemptAt(delivery: { attempts: number; firstAttemptAt: Date }, now: Date): Date | null {
  const pause = PAUSES_MS[Math.min(delivery.attempts, PAUSES_MS.length) - 1] ?? MINUTE_MS
  const next = now.getTime() + pause
  return next - delivery.firstAttemptAt.getTime() > GIVE_UP_AFTER_MS ? null : new Date(next)
}

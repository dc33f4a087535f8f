import { Temporal } from 'temporal-polyfill'
import type { Digest, DigestRule } from '../../../db/tables/digest.js'

/** When a digest is due: its days, and the time on them by the clock of a zone. */
export type DigestTimes = Pick<Digest, 'rule' | 'time_of_day' | 'time_zone'>

// The rarest rule comes once a month.
const DAYS_AHEAD = 70

/**
 * The next moment after `after` at which a digest is due, and its day there. A time that the clocks skip on that day means as
 * much later, one that comes twice the first. Null for a rule that never comes.
 */
export function nextDigest(
  { rule, time_of_day, time_zone }: DigestTimes,
  after: Date,
): { at: Date; day: string } | null {
  const here = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(time_zone)
  const plainTime = Temporal.PlainTime.from(time_of_day)
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const date = here.toPlainDate().add({ days: ahead })
    if (!isOn(rule, date)) continue
    const at = date.toZonedDateTime({ timeZone: time_zone, plainTime }).epochMilliseconds
    if (at > after.getTime()) return { at: new Date(at), day: date.toString() }
  }
  return null
}

/** The moments at which a digest is due, the next ones after `after` first: at most `most` of them, and none from `until` on. */
export function comingDigests(
  times: DigestTimes,
  { after, most, until }: { after: Date; most: number; until?: Date },
): Date[] {
  const found: Date[] = []
  let next = nextDigest(times, after)
  while (next && found.length < most && (!until || next.at < until)) {
    found.push(next.at)
    next = nextDigest(times, next.at)
  }
  return found
}

/** Whether a rule means a day; the 29th to 31st mean the last day of a shorter month. */
export function isOn(rule: DigestRule, date: Temporal.PlainDate): boolean {
  if (rule.every === 'week') return rule.weekdays.includes(date.dayOfWeek)
  if (rule.every === 'month-day') return date.day === Math.min(rule.day, date.daysInMonth)
  if (date.dayOfWeek !== rule.weekday) return false
  return rule.nth > 0
    ? Math.ceil(date.day / 7) === rule.nth
    : Math.ceil((date.daysInMonth - date.day + 1) / 7) === -rule.nth
}

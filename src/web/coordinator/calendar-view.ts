import { Temporal } from 'temporal-polyfill'
import type { Digest } from '../../../db/tables/digest.js'
import { comingDigests } from '../../issues/digests/digest-days.js'
import type { PlannedIssue } from '../../issues/planned-issues.js'
import { toLocalTime } from '../local-time.js'

/** The weeks that a month's page shows, Monday first, as moments and days in a time zone. */
export type MonthSpan = {
  month: Temporal.PlainYearMonth
  firstDay: string
  lastDay: string
  from: Date
  to: Date
}

/** One thing in the calendar, whatever it is. */
export type CalendarEntry = {
  day: string
  /** 'HH:MM' by the account's clock; empty: some time on that day. */
  hour: string
  title: string
  href: string
  status: string
}

/** The whole weeks that hold a month; `text` is 'YYYY-MM'. */
export function monthSpan(text: string, timeZone: string): MonthSpan {
  const month = Temporal.PlainYearMonth.from(text)
  const first = month.toPlainDate({ day: 1 })
  const last = month.toPlainDate({ day: month.daysInMonth })
  const begin = first.subtract({ days: first.dayOfWeek - 1 })
  const end = last.add({ days: 7 - last.dayOfWeek })
  const midnight = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime(timeZone).epochMilliseconds)
  return {
    month,
    firstDay: begin.toString(),
    lastDay: end.toString(),
    from: midnight(begin),
    to: midnight(end.add({ days: 1 })),
  }
}

/** Issues as the calendar shows them, by the clock of a time zone. */
export function issueEntries(issues: readonly PlannedIssue[], timeZone: string): CalendarEntry[] {
  return issues.map(({ id, title, status, at, on, own_time }) => {
    // One that follows the readers' clocks has no other hour than that.
    const [day = '', hour = ''] = (own_time ?? (at ? toLocalTime(at, timeZone) : (on ?? ''))).split('T')
    return { day, hour, title, href: `/issues/${id}`, status }
  })
}

const MOST_DATES = 50

/** The dates of digests that are still to be made, by the clock of a time zone; those that rest have none. */
export function digestEntries(
  plans: readonly Digest[],
  { span, timeZone, now }: { span: MonthSpan; timeZone: string; now: Date },
): CalendarEntry[] {
  // A date in the very first moment of the span counts, too.
  const after = new Date(Math.max(now.getTime(), span.from.getTime() - 1))
  return plans
    .filter(({ next_at }) => next_at !== null)
    .flatMap((plan) =>
      comingDigests(plan, { after, most: MOST_DATES, until: span.to }).map((at) => {
        const [day = '', hour = ''] = toLocalTime(at, timeZone).split('T')
        return { day, hour, title: plan.title, href: `/digests/${plan.id}`, status: 'planned' }
      }),
    )
}

/** A month as a table of weeks, and the same as a list of the days on which there is something. */
export function monthView(span: MonthSpan, entries: readonly CalendarEntry[], today: string) {
  const sorted = [...entries].sort((a, b) => (a.day + a.hour < b.day + b.hour ? -1 : 1))
  const begin = Temporal.PlainDate.from(span.firstDay)
  const length = begin.until(span.lastDay).days + 1
  const days = Array.from({ length }, (_, offset) => {
    const date = begin.add({ days: offset })
    const day = date.toString()
    return {
      date: day,
      number: date.day,
      long: longDay(day),
      isToday: day === today,
      isPast: day < today,
      isOtherMonth: date.month !== span.month.month,
      entries: sorted.filter((entry) => entry.day === day),
    }
  })
  return {
    name: new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${span.month.toString()}-01T00:00Z`),
    ),
    month: span.month.toString(),
    before: span.month.subtract({ months: 1 }).toString(),
    after: span.month.add({ months: 1 }).toString(),
    weeks: Array.from({ length: length / 7 }, (_, week) => days.slice(7 * week, 7 * week + 7)),
    busy: days.filter(({ entries: found, isOtherMonth }) => found.length > 0 && !isOtherMonth),
  }
}

function longDay(day: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00Z`))
}

/** A day of the calendar, counted from 1 January 1970; the same everywhere. */
export type CalendarDay = number

const DAY_MS = 86_400_000

/** The day of year, month (from 1) and day of the month; null when there is no such day. */
export function calendarDay(year: number, month: number, day: number): CalendarDay | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isReal ? date.getTime() / DAY_MS : null
}

/** The day on which a moment falls in a time zone. */
export function dayOf(moment: Date, timeZone: string): CalendarDay {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(moment)
  const [year = 1970, month = 1, day = 1] = parts.split('-').map(Number)
  return Date.UTC(year, month - 1, day) / DAY_MS
}

export function yearOf(day: CalendarDay): number {
  return new Date(day * DAY_MS).getUTCFullYear()
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: CalendarDay): number {
  return (((day + 3) % 7) + 7) % 7
}

/** Such as “Tuesday, 3 March 2026”. */
export function inWords(day: CalendarDay): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })
  return format.format(new Date(day * DAY_MS)).replace(/^(\w+) /, '$1, ')
}

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const

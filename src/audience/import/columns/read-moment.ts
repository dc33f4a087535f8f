const EARLIEST = Date.UTC(1990, 0, 1)
const DAY_MS = 86_400_000

// Year first, as Mailchimp, listmonk and ISO 8601 write; or day first, as Europe and Brevo do.
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(.*))?$/
const DAY_FIRST = /^(\d{1,2})[-/.] ?(\d{1,2})[-/.] ?(\d{4})\.?(?:[T ,]+(.*))?$/
// A zone may be named once more behind its hours, as Go does.
const CLOCK =
  /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)? ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?(?: (?:[A-Z]{2,5}|[+-]\d{2}(?:\d{2})?))?$/i

/** The moment that a cell of an export names, in UTC unless it says otherwise; empty: null. */
export function readMoment(text: string, now: Date): { moment: Date | null } | { problem: string } {
  const typed = text.trim()
  if (typed === '' || /^(0000-00-00.*|null|n\/a|-)$/i.test(typed)) return { moment: null }
  const parts = partsOf(typed)
  const moment = parts && momentOf(parts)
  if (!moment) return { problem: `“${typed.slice(0, 40)}” is no time such as 2024-05-31 14:00.` }
  if (moment.getTime() > now.getTime() + DAY_MS) return { problem: 'This time lies in the future.' }
  if (moment.getTime() < EARLIEST) return { problem: 'This time is too long ago to be true.' }
  return { moment }
}

type Parts = { year: number; month: number; day: number; clock: string }

function partsOf(typed: string): Parts | null {
  const [, year, month, day, clock = ''] = YEAR_FIRST.exec(typed) ?? []
  if (year) return { year: Number(year), month: Number(month), day: Number(day), clock }
  const [, first, second, last, time = ''] = DAY_FIRST.exec(typed) ?? []
  return last ? { year: Number(last), month: Number(second), day: Number(first), clock: time } : null
}

function momentOf({ year, month, day, clock }: Parts): Date | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  if (clock.trim() === '') return date
  const [, hours, minutes, seconds = '0', zone = 'Z'] = CLOCK.exec(clock.trim()) ?? []
  if (!hours || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const [, sign, zoneHours, zoneMinutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  const offset = sign ? (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1) : 0
  return new Date(
    date.getTime() + ((Number(hours) * 60 + Number(minutes) - offset) * 60 + Number(seconds)) * 1000,
  )
}

import { Temporal } from 'temporal-polyfill'
import { InvalidError } from '../errors.js'

/** A moment as somebody in a time zone reads it, such as "2 Mar 2026, 11:00". */
export function formatTime(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    moment,
  )
}

/** The calendar day that a moment falls on in a time zone, such as "2026-03-02". */
export function todayIn(timeZone: string, moment: Date): string {
  return toLocalTime(moment, timeZone).slice(0, 10)
}

/** A moment as the value of a datetime-local field in a time zone, such as "2026-03-02T11:00". */
export function toLocalTime(moment: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}

/**
 * The moment that a datetime-local field means in a time zone; of an hour that comes twice, the first. Throws `InvalidError`
 * at `field` for what is no time, and for a time that the clocks skip on that day.
 */
export function parseLocalTime(text: string, place: { timeZone: string; field: string }): Date {
  return localMoments(text, place)[0]
}

/** The moments that a datetime-local field may mean in a time zone: one, or two where the clocks go back over it. Throws as `parseLocalTime` does. */
export function localMoments(
  text: string,
  { timeZone, field }: { timeZone: string; field: string },
): [Date, ...Date[]] {
  const local = plainTime(text)
  if (!local) throw new InvalidError({ [field]: 'Choose a day and a time.' })
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' })
  if (!earlier.toPlainDateTime().equals(local)) {
    const instead = later.toPlainTime().toString({ smallestUnit: 'minute' })
    const skipped = local.toPlainTime().toString({ smallestUnit: 'minute' })
    const sentence = `On this day the clocks go forward over ${skipped} in ${timeZone}. Choose another time, such as ${instead}.`
    throw new InvalidError({ [field]: sentence })
  }
  const first = new Date(earlier.epochMilliseconds)
  return later.epochMilliseconds === earlier.epochMilliseconds
    ? [first]
    : [first, new Date(later.epochMilliseconds)]
}

/** How far a time zone is from UTC at a moment, such as "+03:00". */
export function offsetOf(moment: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).offset
}

function plainTime(text: string): Temporal.PlainDateTime | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(text)) return null
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' })
  } catch {
    return null
  }
}

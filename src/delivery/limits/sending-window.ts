import { Temporal } from 'temporal-polyfill'
import type { SendingSettings } from '../../../db/tables/sending-settings.js'

type Window = Pick<SendingSettings, 'window_from' | 'window_to' | 'window_days' | 'window_zone'>

/**
 * When mail may leave next: null now, else the moment at which the window opens. A window from 22:00 to 06:00 goes past midnight and
 * belongs to the day on which it begins; without hours the chosen days count whole, and without hours and with every day, or none,
 * there is no window.
 */
export function opensAt(window: Window, now: Date): Date | null {
  const { window_days: days, window_zone: zone } = window
  const { from, to, isWholeDay } = hoursOf(window)
  if (days.length === 0 || (isWholeDay && days.length === 7)) return null
  const moment = Temporal.Instant.fromEpochMilliseconds(now.getTime())
  const today = moment.toZonedDateTimeISO(zone).toPlainDate()
  const at = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).toInstant()
  for (let offset = -1; offset <= 7; offset++) {
    const date = today.add({ days: offset })
    if (!days.includes(date.dayOfWeek)) continue
    const opens = at(date, from)
    const closes = at(to > from ? date : date.add({ days: 1 }), to)
    if (Temporal.Instant.compare(moment, closes) >= 0) continue
    return Temporal.Instant.compare(moment, opens) >= 0 ? null : new Date(opens.epochMilliseconds)
  }
  return null
}

function hoursOf({ window_from: from, window_to: to }: Window) {
  if (!from || !to || from === to) return { from: '00:00', to: '00:00', isWholeDay: true }
  return { from, to, isWholeDay: false }
}

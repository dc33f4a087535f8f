import type { SendingSettings } from '../../db/tables/sending-settings.js'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** The hours and days in which mail may leave, in words; null when it always may. */
export function windowWords({
  window_from: from,
  window_to: to,
  window_days: days,
  window_zone: zone,
}: SendingSettings): string | null {
  const isWholeDay = !from || !to || from === to
  if (days.length === 0 || (isWholeDay && days.length === 7)) return null
  const hours = isWholeDay ? 'the whole day' : `${from.slice(0, 5)} to ${to.slice(0, 5)}`
  const which =
    days.length === 7 ? 'every day' : new Intl.ListFormat('en').format(days.map((day) => DAYS[day - 1] ?? ''))
  return `Mail may leave ${which}, ${hours} (${zone}).`
}

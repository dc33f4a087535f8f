import { calendarDay, dayOf, inWords } from '../dates/calendar-day.js'
import type { Remark } from '../finding.js'
import type { Check } from '../subject.js'

/** Dates of an agenda that are over when the issue goes out. */
export const pastDays: Check = ({ content, sendAt, now, timeZone }) => {
  const sendDay = dayOf(sendAt ?? now, timeZone)
  return content.blocks.flatMap((block): Remark[] => {
    if (block.kind !== 'agenda') return []
    return block.content.entries.flatMap(({ day, title }, index): Remark[] => {
      const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
      const value = calendarDay(year, month, date)
      if (value === null || value >= sendDay) return []
      const message = `“${title || 'A date'}” on ${inWords(value)} is over when this goes out. Take it out, or mend the day.`
      return [{ severity: 'warning', blockId: block.id, field: `entries.${index}.day`, message }]
    })
  })
}

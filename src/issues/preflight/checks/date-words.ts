import { dayOf } from '../dates/calendar-day.js'
import { findDateTrouble } from '../dates/find-date-trouble.js'
import type { Check } from '../subject.js'

/** Words about days that contradict the schedule or each other. */
export const dateWords: Check = ({ content, texts, sendAt, now, timeZone }) => {
  const languages = [content.language, ...Object.values(content.newsItems).map(({ language }) => language)]
  const context = {
    languages: languages.filter(Boolean),
    sendDay: sendAt && dayOf(sendAt, timeZone),
    today: dayOf(now, timeZone),
  }
  return texts.flatMap(({ blockId, field, words }) =>
    findDateTrouble(words, context).map(({ message }) => ({ severity: 'warning', blockId, field, message })),
  )
}

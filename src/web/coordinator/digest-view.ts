import type { Digest, DigestRule } from '../../../db/tables/digest.js'

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Which ones of a month a rule may name. */
export const NTHS = [
  { value: '1', label: 'first' },
  { value: '2', label: 'second' },
  { value: '3', label: 'third' },
  { value: '4', label: 'fourth' },
  { value: '-1', label: 'last' },
]

/** On which days a rule means, in words, such as "every first Monday of the month". */
export function ruleWords(rule: DigestRule): string {
  if (rule.every === 'week') {
    if (rule.weekdays.length === 7) return 'every day'
    return `every ${new Intl.ListFormat('en').format(rule.weekdays.map(weekdayName))}`
  }
  if (rule.every === 'month-day') return `on day ${rule.day} of every month`
  const nth = NTHS.find(({ value }) => value === String(rule.nth))?.label ?? ''
  return `every ${nth} ${weekdayName(rule.weekday)} of the month`
}

function weekdayName(day: number): string {
  return WEEKDAYS[day - 1] ?? ''
}

/** A digest as the fields of its form. */
export function digestFields(digest: Digest): Record<string, unknown> {
  const { title, issue_id, rule, time_of_day, time_zone, region, language } = digest
  return {
    title,
    issue_id: issue_id ?? '',
    time_of_day: time_of_day.slice(0, 5),
    time_zone,
    region,
    language,
    then: digest.sends_itself ? 'send' : 'draft',
    empty: digest.skips_empty ? 'skip' : 'make',
    every: rule.every,
    ...(rule.every === 'week' ? { weekdays: rule.weekdays.map(String) } : {}),
    ...(rule.every === 'month' ? { nth: String(rule.nth), weekday: String(rule.weekday) } : {}),
    ...(rule.every === 'month-day' ? { day: String(rule.day) } : {}),
  }
}

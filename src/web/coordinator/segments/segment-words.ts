import { type Condition, type Group, isGroup } from '../../../audience/segments/segment-tree.js'
import type { Offered } from './offered.js'
import { FIXED_SUBJECTS, TESTS } from './subjects.js'

/** A segment in words: “City is Oulu, and any of (Language is Finnish; Age is above 30)”. */
export function segmentWords(tree: Group, offered: Offered): string {
  const parts = tree.parts.map((part) =>
    isGroup(part) ? `(${segmentWords(part, offered)})` : conditionWords(part, offered),
  )
  return parts.join(tree.match === 'all' ? ' and ' : ' or ')
}

function conditionWords(condition: Condition, offered: Offered): string {
  const tests = Object.values(TESTS).flat()
  const test = tests.find(({ about, value }) => about === condition.about && value === condition.test)
  const wants = { ...condition } as Record<string, unknown>
  const nameOf = (options: Offered['lists']) => {
    const id = wants['listId'] ?? wants['issueId'] ?? wants['value']
    return options.find(({ value }) => value === id)?.label ?? String(id)
  }
  const said = {
    nothing: () => '',
    text: () => `“${wants['value']}”`,
    number: () => String(wants['value']),
    day: () => String(wants['value']),
    days: () => (wants['days'] === 1 ? 'day' : `${wants['days']} days`),
    choices: () => (wants['values'] as string[]).join(', '),
    list: () => `“${nameOf(offered.lists)}”`,
    issue: () => `“${nameOf(offered.issues)}”`,
    language: () => nameOf(offered.languages),
    zone: () => String(wants['value']),
    'count-of-last': () => `${wants['count']} of the last ${wants['last']}`,
    last: () => `in the last ${wants['last']} issues`,
  }[test?.wants ?? 'nothing']()
  return [subjectWords(condition, offered), test?.label, said].filter(Boolean).join(' ')
}

function subjectWords(condition: Condition, { fields }: Offered): string {
  if ('key' in condition) return fields.find(({ key }) => key === condition.key)?.label ?? condition.key
  const subject = condition.about.replace(/-(known|days)$/, '')
  return FIXED_SUBJECTS[subject as keyof typeof FIXED_SUBJECTS]
}

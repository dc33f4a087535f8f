import type { Offered } from './offered.js'
import { isRoughGroup, type RoughGroup, type RoughRow } from './rough-tree.js'
import { FIXED_SUBJECTS, TESTS } from './subjects.js'

/** Groups may stand in one another as deep as this; the deepest offers no further one. */
const DEEPEST_PATH = 2

type Errors = Readonly<Record<string, string>>

/** A group with all that its form shows. */
export function groupView(
  group: RoughGroup,
  { offered, errors, depth = 0 }: { offered: Offered; errors: Errors; depth?: number },
): object {
  return {
    ...group,
    isGroup: true,
    isAny: group.match === 'any',
    isRoot: depth === 0,
    mayNest: depth < DEEPEST_PATH,
    error: errors[group.path],
    parts: group.parts.map((part) =>
      isRoughGroup(part)
        ? groupView(part, { offered, errors, depth: depth + 1 })
        : rowView(part, { offered, errors }),
    ),
  }
}

function rowView(row: RoughRow, { offered, errors }: { offered: Offered; errors: Errors }): object {
  const kind = offered.kindOf(row.subject)
  const tests = kind ? TESTS[kind] : []
  const chosen = tests.find(({ value }) => value === row.test) ?? tests[0]
  const wants = chosen?.wants ?? 'nothing'
  return {
    ...row,
    test: chosen?.value ?? '',
    error: errors[row.path],
    subjects: subjectOptions(row, offered),
    tests,
    input: INPUTS[wants] ?? null,
    isDays: wants === 'days',
    isCount: wants === 'count-of-last',
    isLast: wants === 'last' || wants === 'count-of-last',
    options: optionsOf(wants, offered),
    choices: wants === 'choices' ? choicesOf(row, offered) : null,
  }
}

const INPUTS: Partial<Record<string, { type: string; label: string; mode?: string }>> = {
  text: { type: 'text', label: 'Words' },
  number: { type: 'text', label: 'Number', mode: 'decimal' },
  day: { type: 'date', label: 'Day' },
  days: { type: 'number', label: 'Days', mode: 'numeric' },
}

function subjectOptions({ subject }: RoughRow, { fields }: Offered) {
  const known = fields.map(({ key, label, archived_at }) => ({ value: `field:${key}`, label, archived_at }))
  const shown = known.filter(({ value, archived_at }) => !archived_at || value === subject)
  return [
    {
      label: 'Fields',
      options: shown.map(({ value, label }) => ({ value, label })),
    },
    {
      label: 'Everything else',
      options: Object.entries(FIXED_SUBJECTS).map(([value, label]) => ({ value, label })),
    },
  ]
}

function optionsOf(wants: string, { lists, issues, languages, zones }: Offered) {
  const options = { list: lists, issue: issues, language: languages, zone: zones }
  return Object.hasOwn(options, wants)
    ? [{ value: '', label: 'Choose …' }, ...options[wants as keyof typeof options]]
    : null
}

function choicesOf({ subject, values }: RoughRow, { fields }: Offered) {
  const field = fields.find(({ key }) => `field:${key}` === subject)
  return (field?.choices ?? []).map((value) => ({ value, isTicked: values.includes(value) }))
}

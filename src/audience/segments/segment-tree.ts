import { z } from 'zod'
import { parseFieldValue } from '../field-value.js'

/** How deep groups may stand in one another, and how many conditions a segment may have. */
export const DEEPEST = 3
export const MOST_CONDITIONS = 50
const LONGEST_DAYS = 36_500
/** As many issues as a condition may look back on. */
export const MOST_ISSUES = 50

const Key = z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/, 'Choose a field.')
const Line = z
  .string()
  .trim()
  .min(1, 'Write what to look for.')
  .max(500, 'Keep this below 500 characters.')
  .refine((text) => !/\p{Cc}/u.test(text), 'Use a single line of plain text.')
const Day = z.iso.date('Choose a day.')
const Days = z.coerce
  .number('Write a number of days.')
  .int('Write a whole number of days.')
  .min(1, 'At least one day.')
  .max(LONGEST_DAYS, 'That is more than a hundred years.')
const Count = z.coerce
  .number('Write a number.')
  .int('Write a whole number.')
  .min(0, 'Write a number from 0.')
  .max(MOST_ISSUES, `At most ${MOST_ISSUES}.`)
const LastIssues = Count.min(1, 'At least one issue.')
const NumberText = z.string().transform((text, check) => {
  const read = parseFieldValue({ type: 'number', choices: [] }, text)
  if ('value' in read && read.value !== '') return read.value
  check.addIssue({ code: 'custom', message: 'Write a number such as 42 or 3.5.' })
  return z.NEVER
})

/** One condition. What kinds there are is said here and in the compiler; a new one, such as clicks, is one member more. */
export const Condition = z.discriminatedUnion('about', [
  z.object({
    about: z.literal('text'),
    key: Key,
    test: z.enum(['is', 'is-not', 'contains', 'contains-not', 'begins']),
    value: Line,
  }),
  z.object({
    about: z.literal('number'),
    key: Key,
    test: z.enum(['is', 'is-not', 'below', 'at-most', 'above', 'at-least']),
    value: NumberText,
  }),
  z.object({ about: z.literal('date'), key: Key, test: z.enum(['on', 'before', 'after']), value: Day }),
  z.object({ about: z.literal('date-days'), key: Key, test: z.enum(['last', 'next']), days: Days }),
  z.object({ about: z.literal('yes-no'), key: Key, test: z.enum(['yes', 'no']) }),
  z.object({
    about: z.literal('choice'),
    key: Key,
    test: z.enum(['one-of', 'none-of']),
    values: z.array(Line).min(1, 'Choose at least one.').max(100),
  }),
  z.object({ about: z.literal('filled'), key: Key, test: z.enum(['filled', 'empty']) }),
  z.object({ about: z.literal('address'), test: z.enum(['is', 'contains', 'begins']), value: Line }),
  z.object({ about: z.literal('domain'), test: z.enum(['is', 'is-not']), value: Line }),
  z.object({
    about: z.literal('list'),
    test: z.enum(['on', 'waiting', 'not-on', 'left']),
    listId: z.uuid('Choose a list.'),
  }),
  z.object({ about: z.literal('language'), test: z.enum(['is', 'is-not']), value: Line }),
  z.object({ about: z.literal('language-known'), test: z.enum(['known', 'unknown']) }),
  z.object({ about: z.literal('time-zone'), test: z.enum(['is', 'is-not']), value: Line }),
  z.object({ about: z.literal('time-zone-known'), test: z.enum(['known', 'unknown']) }),
  z.object({ about: z.literal('signed-up'), test: z.enum(['on', 'before', 'after']), value: Day }),
  z.object({ about: z.literal('signed-up-days'), test: z.enum(['within', 'longer-ago']), days: Days }),
  z.object({
    about: z.literal('received'),
    test: z.enum(['at-least', 'at-most']),
    count: Count,
    last: LastIssues,
  }),
  z.object({
    about: z.literal('issue'),
    test: z.enum(['got', 'did-not-get']),
    issueId: z.uuid('Choose an issue.'),
  }),
  z.object({ about: z.literal('refused'), test: z.enum(['some', 'none']), last: LastIssues }),
])
export type Condition = z.infer<typeof Condition>

/** Conditions and groups of them, of which all or at least one must hold. */
export type Group = { match: 'all' | 'any'; parts: Part[] }
export type Part = Condition | Group

const GroupShape: z.ZodType<Group> = z.lazy(() =>
  z.object({
    match: z.enum(['all', 'any']),
    parts: z.array(z.union([GroupShape, Condition])).min(1, 'Add a condition, or remove the group.'),
  }),
)

/** A whole segment, as deep and as large as one may be. */
export const SegmentTree = GroupShape.refine(
  (tree) => depthOf(tree) <= DEEPEST,
  'Groups stand too deep in one another.',
).refine(
  (tree) => conditionsOf(tree).length <= MOST_CONDITIONS,
  `A segment has at most ${MOST_CONDITIONS} conditions.`,
)

/** Whether a part is a group. */
export function isGroup(part: Part): part is Group {
  return 'parts' in part
}

/** Every condition of a tree, in its order. */
export function conditionsOf(tree: Group): Condition[] {
  return tree.parts.flatMap((part) => (isGroup(part) ? conditionsOf(part) : [part]))
}

function depthOf(tree: Group): number {
  return 1 + Math.max(0, ...tree.parts.filter(isGroup).map(depthOf))
}

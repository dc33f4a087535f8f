import { z } from 'zod'
import type { DigestRule } from '../../../db/tables/digest.js'

const wholeNumber = (least: number, most: number, sentence: string) =>
  z.coerce.number(sentence).int(sentence).min(least, sentence).max(most, sentence)

const Weekday = wholeNumber(1, 7, 'Choose a day of the week.')

const Rule = z.discriminatedUnion(
  'every',
  [
    z.object({
      every: z.literal('week'),
      weekdays: z
        .preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(Weekday))
        .refine((days) => days.length > 0, 'Choose at least one day of the week.')
        .transform((days) => [...new Set(days)].sort()),
    }),
    z.object({
      every: z.literal('month'),
      nth: z.coerce
        .number()
        .refine((nth) => [1, 2, 3, 4, -1].includes(nth), 'Choose which one of the month.'),
      weekday: Weekday,
    }),
    z.object({
      every: z.literal('month-day'),
      day: wholeNumber(1, 31, 'A day from 1 to 31; in shorter months their last.'),
    }),
  ],
  { error: 'Choose how often.' },
)

const Rest = z.object({
  title: z.string().trim().min(1, 'Give the plan a title.').max(150, 'Keep this below 150 characters.'),
  issue_id: z.uuid('Choose the issue that it is made from.'),
  time_of_day: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Choose a time of the day.'),
  time_zone: z.string().min(1),
  region: z.string().trim().max(100).default(''),
  language: z.string().trim().max(35).default(''),
  then: z.enum(['draft', 'send'], 'Choose what becomes of it.'),
  empty: z.enum(['skip', 'make'], 'Choose what happens without news.'),
})

/** A digest as a form says it; its time zone must be one already. */
export const DigestForm = Rest.and(Rule).transform(
  ({ title, issue_id, time_of_day, time_zone, region, language, then, empty, ...rule }) => ({
    title,
    issue_id,
    time_of_day,
    time_zone,
    region,
    language,
    sends_itself: then === 'send',
    skips_empty: empty === 'skip',
    rule: ruleOf(rule),
  }),
)

export type DigestInput = z.infer<typeof DigestForm>

function ruleOf(rule: z.infer<typeof Rule>): DigestRule {
  if (rule.every === 'week') return { every: 'week', weekdays: rule.weekdays }
  if (rule.every === 'month') return { every: 'month', nth: rule.nth, weekday: rule.weekday }
  return { every: 'month-day', day: rule.day }
}

import { z } from 'zod'
import type { Balance, Canary, Issue, SubjectTest } from '../../db/tables/issue.js'
import { CANARY_LIMIT_PERCENT } from './canary.js'

/** Who gets an issue first, and the subjects that are tried on them. */
export type FirstFew = { canary: Canary | null; subjectTest: SubjectTest | null }

/** Where a subject test begins unless somebody says otherwise. */
export const USUAL_TEST = { percent: 20, hours: 4 }

const wholeNumber = (least: number, most: number, sentence: string) =>
  z
    .string()
    .trim()
    .transform((text) => text.replace(/\s*(%|hours?)$/, ''))
    .refine((text) => /^\d{1,3}$/.test(text), sentence)
    .transform(Number)
    .refine((number) => number >= least && number <= most, sentence)

const subject = z
  .string()
  .trim()
  .max(250, 'Keep this below 250 characters.')
  .refine((value) => !/[\r\n\0]/.test(value), 'This must be a single line.')

/** The subjects that are tried beside the issue's own, on which part of the readers, and for how long; the part is a canary, too. */
export const SubjectTestForm = z
  .object({
    subject_b: subject.min(1, 'Write the second subject.'),
    subject_c: subject.default(''),
    test_percent: wholeNumber(1, 50, 'Between 1 and 50 percent.'),
    test_hours: wholeNumber(1, 72, 'Between 1 and 72 hours.'),
  })
  .transform(
    (form): FirstFew => ({
      canary: { listId: null, percent: form.test_percent, limitPercent: CANARY_LIMIT_PERCENT },
      subjectTest: { subjects: [form.subject_b, form.subject_c].filter(Boolean), hours: form.test_hours },
    }),
  )

/** What is wrong with a subject test of an issue, by field of its form: subjects that are the same, or a part too small for all of them. */
export function subjectTestProblems(
  issue: Pick<Issue, 'subject'>,
  { canary, subjectTest }: FirstFew,
  balance: Balance,
): Record<string, string> {
  if (!subjectTest || !canary) return {}
  const all = [issue.subject, ...subjectTest.subjects]
  const problems: Record<string, string> = {}
  const twin = all.findIndex((one, index) => all.indexOf(one) !== index)
  if (twin > 0) problems[`subject_${twin === 1 ? 'b' : 'c'}`] = 'This is the same subject once more.'
  const few = Math.floor((balance.recipients * (canary.percent ?? 0)) / 100)
  if (balance.recipients > 0 && few < all.length)
    problems['test_percent'] =
      `That is too few of ${balance.recipients} readers to try ${all.length} subjects. Take a larger part.`
  return problems
}

/** The letter by which people call a subject: 0 is A. */
export function subjectLetter(variant: number): string {
  return String.fromCharCode(65 + variant)
}

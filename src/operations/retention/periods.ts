import { z } from 'zod'
import type { Retention } from '../../../db/tables/retention.js'

/** For how long each kind of thing is kept, in the names of `retention`. */
export type Periods = Omit<Retention, 'id'>

const DAY_MS = 24 * 3_600_000

const wholeNumber = (least: number, most: number, unit: string) => {
  const sentence = `Between ${least} and ${new Intl.NumberFormat('en-GB').format(most)} ${unit}.`
  return z.coerce
    .string()
    .trim()
    .regex(/^\d{1,4}$/, sentence)
    .transform(Number)
    .refine((number) => number >= least && number <= most, sentence)
}

/** The periods as a form says them. */
export const RetentionForm = z.object({
  unconfirmed_days: wholeNumber(1, 365, 'days'),
  delivery_months: wholeNumber(1, 120, 'months'),
  trouble_days: wholeNumber(1, 3650, 'days'),
  captured_days: wholeNumber(1, 3650, 'days'),
  audit_months: wholeNumber(1, 240, 'months'),
  session_days: wholeNumber(1, 3650, 'days'),
  evidence_months: wholeNumber(0, 240, 'months'),
  mail_days: wholeNumber(2, 365, 'days'),
  reason_months: wholeNumber(1, 120, 'months'),
  refusal_days: wholeNumber(1, 365, 'days'),
  draft_days: wholeNumber(1, 365, 'days'),
  undo_days: wholeNumber(1, 365, 'days'),
})

/** The moment so many days before. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS)
}

/** The moment so many calendar months before, by UTC. */
export function monthsBefore(now: Date, months: number): Date {
  const moment = new Date(now)
  moment.setUTCMonth(moment.getUTCMonth() - months)
  return moment
}

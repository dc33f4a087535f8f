import { z } from 'zod'
import { warmUpDays } from './warm-up.js'

const MOST_PER_HOUR = 100_000_000
const MOST_PER_DAY = 100_000_000

const typed = (value: unknown) => (typeof value === 'string' ? value.replace(/[\s,’']/g, '') : value)

/** A whole number as people type it, "20,000" or "20 000" too. */
const wholeNumber = (least: number, most: number, sentence: string) =>
  z.preprocess(typed, z.coerce.string().regex(/^\d{1,9}$/, sentence)).transform((text, context) => {
    const number = Number(text)
    if (number >= least && number <= most) return number
    context.addIssue({ code: 'custom', message: sentence })
    return z.NEVER
  })

/** Messages an hour; nothing typed means: as fast as anything else allows. */
export const PerHour = z.preprocess(
  (value) => (value === undefined || value === null || typed(value) === '' ? null : value),
  wholeNumber(1, MOST_PER_HOUR, 'Write a whole number, or leave it empty for no limit.').nullable(),
)

/** A form with nothing but a speed. */
export const SpeedForm = z.object({ rate_per_hour: PerHour })

const TimeOfDay = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d(:00)?$/, 'Write the time as 08:00.')
    .transform((time) => time.slice(0, 5))
    .nullable(),
)

const Weekdays = z
  .preprocess((value) => [value ?? []].flat(), z.array(z.coerce.number().int().min(1).max(7)))
  .transform((days) => [...new Set(days)].sort())
  .refine((days) => days.length > 0, 'Choose at least one day, or nothing could ever leave.')

/** When and how fast anything may leave, in the names of `sending_settings`. */
export const SendingSettingsForm = z
  .object({
    rate_per_hour: PerHour,
    window_from: TimeOfDay,
    window_to: TimeOfDay,
    window_days: Weekdays,
    window_zone: z.string().refine(isTimeZone, 'Choose a time zone from the list.'),
    recall_seconds: wholeNumber(0, 120, 'Between 0 and 120 seconds.'),
    give_up_hours: wholeNumber(1, 120, 'Between 1 and 120 hours.'),
    policy_limit_percent: wholeNumber(1, 100, 'Between 1 and 100 percent.'),
  })
  .superRefine(({ window_from: from, window_to: to }, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (from !== null && to === null) say('window_to', 'Say when it ends, too, or leave both empty.')
    if (from === null && to !== null) say('window_from', 'Say when it begins, too, or leave both empty.')
    if (from !== null && from === to)
      say('window_to', 'This is when it begins. Leave both empty for the whole day.')
  })

export type SendingSettingsInput = z.output<typeof SendingSettingsForm>

/** How a sender domain is warmed up, in the names of `warm_up`. */
export const WarmUpForm = z
  .object({
    domain: z
      .string()
      .trim()
      .toLowerCase()
      .max(253)
      .regex(
        /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/,
        'Write the domain alone, such as news.example.org.',
      ),
    started_on: z.iso.date('Choose the first day.'),
    first_day: wholeNumber(1, 10_000_000, 'Write a whole number of messages.'),
    growth_percent: wholeNumber(1, 400, 'Between 1 and 400 percent.'),
    days: wholeNumber(1, 180, 'Between 1 and 180 days.'),
  })
  .superRefine((plan, context) => {
    const reaches = warmUpDays(plan, new Date(`${plan.started_on}T00:00:00Z`), plan.days).at(-1)?.ceiling ?? 0
    if (!(reaches > MOST_PER_DAY)) return
    const message = 'This grows beyond any mailing before it ends: choose fewer days or less growth.'
    context.addIssue({ code: 'custom', path: ['days'], message })
  })

export type WarmUpInput = z.output<typeof WarmUpForm>

function isTimeZone(name: string): boolean {
  return name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name)
}

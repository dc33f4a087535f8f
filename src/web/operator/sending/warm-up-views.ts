import { warmUpDay, warmUpDays } from '../../../delivery/limits/warm-up.js'
import type { WarmUpToday } from '../../../operations/sending-overview.js'

const DAYS_SHOWN = 7

/** What of a form that was refused is shown again. */
export type Typed = { form: Readonly<Record<string, unknown>>; errors: Readonly<Record<string, string>> }

/** Each plan with what it means today and on the next days; `typed` opens the form of the plan it belongs to. */
export function warmUpViews(plans: readonly WarmUpToday[], now: Date, typed: Typed | null) {
  return plans.map((plan, index) => {
    const day = warmUpDay(plan, now)
    const days = warmUpDays(plan, now, DAYS_SHOWN)
    const last = warmUpDays(plan, now, plan.days).at(-1) ?? null
    const isOpen = typed?.form['domain'] === plan.domain
    return {
      ...plan,
      key: `plan-${index}`,
      dayNumber: day + 1,
      isAhead: day < 0,
      isWarm: day >= plan.days,
      isUnderWay: day >= 0 && day < plan.days,
      isUsedUp: plan.ceiling !== null && day >= 0 && plan.sentToday >= plan.ceiling,
      length: plan.days,
      days: days.map(({ day: which, ...one }) => ({ ...one, number: which + 1, isToday: which === day })),
      last: last && !days.some((one) => one.day === last.day) ? { ...last, number: last.day + 1 } : null,
      isOpen,
      form: isOpen ? typed.form : plan,
      errors: isOpen ? typed.errors : {},
    }
  })
}

/** The form for another domain: what was typed, or a plan that most mail services ask for. */
export function newWarmUp(
  plans: readonly WarmUpToday[],
  typed: Typed | null,
  { now, domain }: { now: Date; domain: string },
) {
  const isTyped = typed !== null && !plans.some((plan) => plan.domain === typed.form['domain'])
  const usual = {
    domain: plans.some((plan) => plan.domain === domain) ? '' : domain,
    started_on: now.toISOString().slice(0, 10),
    first_day: 500,
    growth_percent: 50,
    days: 14,
  }
  return {
    isOpen: isTyped,
    form: isTyped ? typed.form : usual,
    errors: isTyped ? typed.errors : {},
  }
}

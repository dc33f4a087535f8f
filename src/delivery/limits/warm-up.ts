import type { WarmUp } from '../../../db/tables/warm-up.js'

const DAY_MS = 24 * 3_600_000

/** How many messages a sender domain may send on that day (UTC), or null when it is warm. */
export function warmUpCeiling(plan: WarmUp, now: Date): number | null {
  const day = warmUpDay(plan, now)
  if (day < 0) return 0
  if (day >= plan.days) return null
  return ceilingOn(plan, day)
}

/** Which day of a plan it is: 0 is the first, less is before it. */
export function warmUpDay(plan: Pick<WarmUp, 'started_on'>, now: Date): number {
  return Math.floor((now.getTime() - new Date(`${plan.started_on}T00:00:00Z`).getTime()) / DAY_MS)
}

/** The next days of a plan, from today or from its first day, with what each allows. */
export function warmUpDays(
  plan: WarmUp,
  now: Date,
  most: number,
): { day: number; date: string; ceiling: number }[] {
  const first = Math.max(0, warmUpDay(plan, now))
  const start = new Date(`${plan.started_on}T00:00:00Z`).getTime()
  return Array.from({ length: Math.max(0, Math.min(most, plan.days - first)) }, (_, index) => {
    const day = first + index
    const date = new Date(start + day * DAY_MS).toISOString().slice(0, 10)
    return { day, date, ceiling: ceilingOn(plan, day) }
  })
}

/** The bucket that counts what a sender domain has sent on that day. */
export function warmUpKey(domain: string, now: Date): string {
  return `warm-up ${domain} ${now.toISOString().slice(0, 10)}`
}

/** When a ceiling of the day opens again: midnight, UTC. */
export function nextMidnight(now: Date): Date {
  return new Date((Math.floor(now.getTime() / DAY_MS) + 1) * DAY_MS)
}

function ceilingOn({ first_day, growth_percent }: WarmUp, day: number): number {
  return Math.floor(first_day * (1 + growth_percent / 100) ** day)
}

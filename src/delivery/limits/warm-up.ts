import type { WarmUp } from '../../../db/tables/warm-up.js'

const DAY_MS = 24 * 3_600_000

/** How many messages a sender domain may send on that day (UTC), or null when it is warm. */
export function warmUpCeiling(plan: WarmUp, now: Date): number | null {
  const day = Math.floor((now.getTime() - new Date(`${plan.started_on}T00:00:00Z`).getTime()) / DAY_MS)
  if (day < 0) return 0
  if (day >= plan.days) return null
  return Math.floor(plan.first_day * (1 + plan.growth_percent / 100) ** day)
}

import type { Limit } from './limits/allowance.js'
import type { Limits } from './limits/read-limits.js'
import { nextMidnight, warmUpCeiling, warmUpKey } from './limits/warm-up.js'

const HOUR_S = 3600

/** What one message of an issue counts against, apart from its reader's provider. */
export function commonLimits(
  { settings, warmUps, rates }: Limits,
  {
    issueId,
    firstRatePerHour,
    senderDomain,
    now,
  }: { issueId: string; firstRatePerHour: number | null; senderDomain: string; now: Date },
): Limit[] {
  const limits: Limit[] = []
  if (settings.rate_per_hour) limits.push(hourly('total', settings.rate_per_hour))
  // An issue younger than the limits has the rate it began with.
  const ratePerHour = rates.has(issueId) ? rates.get(issueId) : firstRatePerHour
  if (ratePerHour) limits.push(hourly(`issue ${issueId}`, ratePerHour))
  const plan = warmUps.get(senderDomain)
  const ceiling = plan ? warmUpCeiling(plan, now) : null
  if (ceiling !== null) limits.push(daily(senderDomain, ceiling, now))
  return limits
}

/** What a message counts against because of who operates its reader's mailbox. */
export function providerLimits({ providers }: Limits, provider: string | null): Limit[] {
  const rate = provider ? providers.get(provider)?.rate_per_hour : null
  return provider && rate ? [hourly(`provider ${provider}`, rate)] : []
}

/** How many messages this worker may have under way to a provider at once; null: as many as it likes. */
export function providerConnections(
  { providers, workers }: Limits,
  provider: string,
  workerId: string,
): number | null {
  const connections = providers.get(provider)?.connections ?? null
  if (connections === null) return null
  const rank = Math.max(0, workers.indexOf(workerId))
  const share = Math.max(1, workers.length)
  return rank < connections ? Math.floor((connections - rank - 1) / share) + 1 : 0
}

/** Until when a provider rests, or null. */
export function providerRests({ providers }: Limits, provider: string | null, now: Date): Date | null {
  const until = provider ? (providers.get(provider)?.rests_until ?? null) : null
  return until && until > now ? until : null
}

/** Whether anything is limited by provider, so that it matters who operates a mailbox. */
export function limitsProviders({ providers }: Limits): boolean {
  return [...providers.values()].some(
    ({ rate_per_hour, connections, rests_until }) =>
      rate_per_hour !== null || connections !== null || rests_until !== null,
  )
}

function hourly(key: string, perHour: number): Limit {
  const perSecond = perHour / HOUR_S
  return { key, perSecond, burst: Math.max(1, Math.ceil(perSecond)) }
}

function daily(senderDomain: string, ceiling: number, now: Date): Limit {
  return { key: warmUpKey(senderDomain, now), perSecond: 0, burst: ceiling, refillsAt: nextMidnight(now) }
}

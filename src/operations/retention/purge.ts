import { forgetLeftovers } from '../../audience/erasure/forget-leftovers.js'
import type { Context } from '../../context.js'
import { dropOldLedger, oldLedgerMonths } from '../../delivery/ledger-months.js'
import { recordAudit } from '../../issues/record-audit.js'
import type { Periods } from './periods.js'
import { PURGES } from './purges.js'
import { retentionPeriods } from './save-retention.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** How many of a kind there are whose time is over, or went. */
export type Count = { period: keyof Periods; one: string; more: string; count: number }

const DELIVERIES = { period: 'delivery_months', one: 'delivery', more: 'deliveries' } as const

/** What the next purge will remove. */
export async function duePurges(ctx: Needs): Promise<Count[]> {
  const periods = await retentionPeriods(ctx)
  const now = ctx.clock.now()
  const counts: Count[] = []
  for (const { period, one, more, before, count } of PURGES)
    counts.push({ period, one, more, count: await count(ctx.db, before(now, periods)) })
  const months = await oldLedgerMonths(ctx)
  return [...counts, { ...DELIVERIES, count: sum(months) }]
}

/**
 * Removes what has been kept long enough, a thousand rows at a time so that nobody waits for it, and says how many of what; the audit says it,
 * too, when it was any. Again changes nothing.
 */
export async function purge(ctx: Needs): Promise<Count[]> {
  const periods = await retentionPeriods(ctx)
  const now = ctx.clock.now()
  await forgetLeftovers(ctx)
  const counts: Count[] = []
  for (const { period, one, more, before, slice } of PURGES) {
    const moment = before(now, periods)
    let count = 0
    for (let gone = -1; gone !== 0; count += gone) gone = await slice(ctx.db, moment)
    counts.push({ period, one, more, count })
  }
  counts.push({ ...DELIVERIES, count: sum(await dropOldLedger(ctx)) })
  const gone = counts.filter(({ count }) => count > 0)
  const detail = gone.map(({ count, one, more }) => `${count} ${count === 1 ? one : more}`).join(', ')
  if (detail !== '') await recordAudit(ctx.db, { action: 'purge', subjectIds: [], detail, by: null, now })
  return gone
}

function sum(months: readonly { deliveries: number }[]): number {
  return months.reduce((total, { deliveries }) => total + deliveries, 0)
}

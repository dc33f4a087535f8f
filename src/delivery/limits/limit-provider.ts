import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { recordAudit } from '../../issues/record-audit.js'
import { PROVIDERS } from './providers.js'
import { wakeIssues } from './wake-issues.js'

export type ProviderLimit = { name: string; ratePerHour: number | null; by: string | null }

/** Limits the messages an hour to one provider of mailboxes, or lifts the limit (null). Throws `InvalidError` at `name` for one nobody knows. */
export async function limitProvider(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { name, ratePerHour, by }: ProviderLimit,
): Promise<void> {
  if (!PROVIDERS.includes(name))
    throw new InvalidError({ name: `There is no provider “${name}”. Known are ${PROVIDERS.join(', ')}.` })
  await ctx.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('provider')
      .values({ name, rate_per_hour: ratePerHour, rests_until: null, connections: null, widens_at: null })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ rate_per_hour: ratePerHour }))
      .execute()
    const detail = `${name}: ${ratePerHour === null ? 'no limit' : `${ratePerHour} an hour`}`
    await recordAudit(tx, { action: 'limit-provider', subjectIds: [], detail, by, now: ctx.clock.now() })
  })
  await wakeIssues(ctx)
}

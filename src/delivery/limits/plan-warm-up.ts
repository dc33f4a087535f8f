import { sql } from 'kysely'
import type { Tx } from '../../../db/database.js'
import type { WarmUp } from '../../../db/tables/warm-up.js'
import type { Context } from '../../context.js'
import { recordAudit } from '../../issues/record-audit.js'
import type { WarmUpInput } from './limit-forms.js'
import { wakeIssues } from './wake-issues.js'
import { warmUpCeiling, warmUpKey } from './warm-up.js'

/** Plans how a sender domain is warmed up, or changes the plan; what has gone today still counts. */
export async function planWarmUp(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  plan: WarmUpInput,
  by: string | null,
): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('warm_up')
      .selectAll()
      .where('domain', '=', plan.domain)
      .forUpdate()
      .executeTakeFirst()
    await tx
      .insertInto('warm_up')
      .values(plan)
      .onConflict((conflict) => conflict.column('domain').doUpdateSet(plan))
      .execute()
    if (before) await shiftCeiling(tx, { before, after: plan, now })
    const { domain, started_on, first_day, growth_percent, days } = plan
    const detail = `${domain}: ${first_day} on ${started_on}, ${growth_percent} % more each day, ${days} days`
    await recordAudit(tx, { action: 'plan-warm-up', subjectIds: [], detail, by, now })
  })
  await wakeIssues(ctx)
}

// The bucket of the day holds what is left of the old ceiling.
async function shiftCeiling(
  tx: Tx,
  { before, after, now }: { before: WarmUp; after: WarmUp; now: Date },
): Promise<void> {
  const more = (warmUpCeiling(after, now) ?? 0) - (warmUpCeiling(before, now) ?? 0)
  await sql`
    update token_bucket set tokens = greatest(0, tokens + ${more}::float8)
    where key = ${warmUpKey(after.domain, now)}`.execute(tx)
}

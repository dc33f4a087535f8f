import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import { recordAudit } from '../../issues/record-audit.js'
import { wakeIssues } from './wake-issues.js'
import { warmUpKey } from './warm-up.js'

/** Takes a domain's plan away: it may send as much as anything else allows. Throws `NotFoundError`. */
export async function endWarmUp(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { domain, by }: { domain: string; by: string | null },
): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    const { numDeletedRows } = await tx.deleteFrom('warm_up').where('domain', '=', domain).executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFoundError(`${domain} is not being warmed up.`)
    await tx.deleteFrom('token_bucket').where('key', '=', warmUpKey(domain, now)).execute()
    await recordAudit(tx, { action: 'end-warm-up', subjectIds: [], detail: domain, by, now })
  })
  await wakeIssues(ctx)
}

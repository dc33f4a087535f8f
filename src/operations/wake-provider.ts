import type { Context } from '../context.js'
import { wakeIssues } from '../delivery/limits/wake-issues.js'
import { ConflictError } from '../errors.js'
import { recordAudit } from '../issues/record-audit.js'

const WIDEN_MS = 60_000

/** Ends the rest of a provider: mail leaves again, still over few connections, one more each minute. Throws `ConflictError`. */
export async function wakeProvider(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { name, by }: { name: string; by: string | null },
): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('provider')
      .set({ rests_until: null, widens_at: new Date(now.getTime() + WIDEN_MS) })
      .where('name', '=', name)
      .where('rests_until', '>', now)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new ConflictError('This provider does not rest any more.')
    await recordAudit(tx, { action: 'wake-provider', subjectIds: [], detail: name, by, now })
  })
  await wakeIssues(ctx)
}

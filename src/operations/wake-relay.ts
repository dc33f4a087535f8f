import type { Context } from '../context.js'
import { wakeIssues } from '../delivery/limits/wake-issues.js'
import { ConflictError } from '../errors.js'
import { recordAudit } from '../issues/record-audit.js'

/** Ends the rest of a mail server, so that every worker tries it again; what it said stays until it takes mail. Throws `ConflictError`. */
export async function wakeRelay(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { name, by }: { name: string; by: string | null },
): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('relay')
      .set({ rests_until: null, changed_at: now })
      .where('name', '=', name)
      .where('rests_until', '>', now)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new ConflictError('This mail server does not rest any more.')
    await recordAudit(tx, { action: 'wake-relay', subjectIds: [], detail: name, by, now })
  })
  await wakeIssues(ctx)
}

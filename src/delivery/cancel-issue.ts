import type { Context } from '../context.js'
import { moveIssue } from '../issues/move-issue.js'
import { recordAudit } from '../issues/record-audit.js'
import { skipCancelled } from './skip-cancelled.js'

/** Ends an issue for good, at once: whoever is still pending is skipped, what is on the wire gets its outcome. Throws `ConflictError`. */
export async function cancelIssue(
  ctx: Pick<Context, 'db' | 'clock'>,
  { issueId, by }: { issueId: string; by: string | null },
): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    await moveIssue(tx, { issueId, to: 'cancelled' }, { finished_at: now })
    await recordAudit(tx, { action: 'cancel-issue', subjectIds: [issueId], by, now })
  })
  // The word is given; the sweep goes on with this if we cannot.
  await skipCancelled(ctx, issueId)
}

import type { Context } from '../context.js'
import { moveIssue } from '../issues/move-issue.js'
import { recordAudit } from '../issues/record-audit.js'

/** Ends an issue for good: whoever is still pending is skipped, what is on the wire gets its outcome. Throws `ConflictError`. */
export async function cancelIssue(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, by }: { issueId: string; by: string | null },
): Promise<void> {
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    await moveIssue(tx, { issueId, to: 'cancelled' }, { finished_at: now })
    await recordAudit(tx, { action: 'cancel-issue', subjectIds: [issueId], by, now })
    await tx
      .updateTable('delivery')
      .set({ status: 'skipped', skip_reason: 'cancelled', finished_at: now })
      .where('issue_id', '=', issueId)
      .where('status', '=', 'pending')
      .execute()
  })
}

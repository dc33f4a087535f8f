import type { Context } from '../context.js'
import { moveIssue } from '../issues/move-issue.js'
import { recordAudit } from '../issues/record-audit.js'

/** Holds an issue that is being sent: what is on the wire ends, nothing more is claimed. Throws `ConflictError`. */
export async function pauseIssue(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, by }: { issueId: string; by: string | null },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await moveIssue(tx, { issueId, to: 'paused' }, { paused_by: by })
    await recordAudit(tx, { action: 'pause-issue', subjectIds: [issueId], by, now: clock.now() })
  })
}

import type { Context } from '../context.js'
import { thawSegments } from './issue-segments.js'
import { moveIssue } from './move-issue.js'
import { recordAudit } from './record-audit.js'

/** Takes a scheduled issue back to a draft and notes who did; throws `ConflictError` once it is being sent. */
export async function unscheduleIssue(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, by = null }: { issueId: string; by?: string | null },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await moveIssue(tx, { issueId, to: 'draft' }, { send_at: null, own_time: null, scheduled_balance: null })
    await thawSegments(tx, issueId)
    await tx.deleteFrom('edition').where('issue_id', '=', issueId).execute()
    await recordAudit(tx, { action: 'unschedule-issue', subjectIds: [issueId], by, now: clock.now() })
  })
}

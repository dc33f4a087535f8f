import type { Context } from '../context.js'
import { thawSegments } from './issue-segments.js'
import { moveIssue } from './move-issue.js'

/** Takes a scheduled issue back to a draft; throws `ConflictError` once it is being sent. */
export async function unscheduleIssue({ db }: Pick<Context, 'db'>, issueId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await moveIssue(tx, { issueId, to: 'draft' }, { send_at: null, own_time: null, scheduled_balance: null })
    await thawSegments(tx, issueId)
    await tx.deleteFrom('edition').where('issue_id', '=', issueId).execute()
  })
}

import type { Context } from '../../context.js'
import { type IssueApproval, issueApproval } from './issue-approval.js'

const LOOKED_AT = 30

/** The drafts that wait for a word or were sent back for changes, those spoken of last first. */
export async function openApprovals({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<IssueApproval[]> {
  const spokenOf = await db
    .selectFrom('approval')
    .innerJoin('issue', 'issue.id', 'approval.issue_id')
    .select(({ fn }) => ['issue.id', fn.max('no').as('last')])
    .where('status', '=', 'draft')
    .groupBy('issue.id')
    .orderBy('last', 'desc')
    .limit(LOOKED_AT)
    .execute()
  const all = await Promise.all(spokenOf.map(({ id }) => issueApproval({ db }, id, clock.now())))
  return all.filter(({ state }) => state === 'waiting' || state === 'asked')
}

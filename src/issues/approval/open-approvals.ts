import { sql } from 'kysely'
import type { Context } from '../../context.js'
import { type IssueApproval, issueApproval } from './issue-approval.js'

const LOOKED_AT = 30

/** The drafts that wait for a word or were sent back for changes, those spoken of last first. */
export async function openApprovals({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<IssueApproval[]> {
  const { rows: spokenOf } = await sql<{ id: string }>`
    select issue_id as id from (
      select distinct on (issue_id) issue_id, step, no from approval
      where issue_id in (select id from issue where status = 'draft') order by issue_id, no desc
    ) last where step in ('submitted', 'asked') order by no desc limit ${LOOKED_AT}`.execute(db)
  const all = await Promise.all(spokenOf.map(({ id }) => issueApproval({ db }, id, clock.now())))
  return all.filter(({ state }) => state === 'waiting' || state === 'asked')
}

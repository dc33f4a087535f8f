import type { Updateable } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import type { IssueTable } from '../../db/tables/issue.js'
import { ConflictError, NotFoundError } from '../errors.js'
import { type IssueStatus, issueStatesBefore } from './issue-status.js'

/** Moves an issue to a state if it stands in one that allows it; throws `ConflictError` naming where it stands, or `NotFoundError`. */
export async function moveIssue(
  db: DatabaseOrTx,
  { issueId, to, from = issueStatesBefore(to) }: { issueId: string; to: IssueStatus; from?: IssueStatus[] },
  changes: Updateable<IssueTable>,
): Promise<void> {
  const moved = await db
    .updateTable('issue')
    .set({ ...changes, status: to })
    .where('id', '=', issueId)
    .where('status', 'in', from)
    .executeTakeFirst()
  if (moved.numUpdatedRows === 1n) return
  const issue = await db.selectFrom('issue').select('status').where('id', '=', issueId).executeTakeFirst()
  if (!issue) throw new NotFoundError('There is no such issue.')
  throw new ConflictError(`This issue is ${issue.status}; that is not possible now.`)
}

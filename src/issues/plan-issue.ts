import type { Context } from '../context.js'
import { ConflictError, NotFoundError } from '../errors.js'

/** Notes in the calendar on which day a draft is meant to go out; null takes the note away. Throws `ConflictError` when it is no draft. */
export async function planIssue(
  { db }: Pick<Context, 'db'>,
  { issueId, day }: { issueId: string; day: string | null },
): Promise<void> {
  const planned = await db
    .updateTable('issue')
    .set({ planned_on: day })
    .where('id', '=', issueId)
    .where('status', '=', 'draft')
    .executeTakeFirst()
  if (planned.numUpdatedRows === 1n) return
  const issue = await db.selectFrom('issue').select('status').where('id', '=', issueId).executeTakeFirst()
  if (!issue) throw new NotFoundError('There is no such issue.')
  throw new ConflictError(`This issue is ${issue.status}; only a draft can be planned.`)
}

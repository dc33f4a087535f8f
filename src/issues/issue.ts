import type { DatabaseOrTx } from '../../db/database.js'
import type { Issue } from '../../db/tables/issue.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import type { Block } from '../rendering/blocks.js'
import { type IssueSegment, issueSegments } from './issue-segments.js'

export type IssueWithBlocks = Issue & { blocks: Block[]; listIds: string[]; segments: IssueSegment[] }

/** One issue with its blocks in order, its lists and its segments; throws `NotFoundError`. */
export async function issueWithBlocks({ db }: { db: DatabaseOrTx }, id: string): Promise<IssueWithBlocks> {
  const issue = await db.selectFrom('issue').selectAll().where('id', '=', id).executeTakeFirst()
  if (!issue) throw new NotFoundError('There is no such issue.')
  const blocks = await db
    .selectFrom('block')
    .select(['id', 'kind', 'content'])
    .where('issue_id', '=', id)
    .orderBy('position')
    .execute()
  const lists = await db.selectFrom('issue_list').select('list_id').where('issue_id', '=', id).execute()
  return {
    ...issue,
    blocks: blocks as Block[],
    listIds: lists.map((row) => row.list_id),
    segments: await issueSegments(db, id),
  }
}

/** Issues for the overview, those changed last first. */
export async function issueList({ db }: Pick<Context, 'db'>, limit = 100): Promise<Issue[]> {
  return db.selectFrom('issue').selectAll().orderBy('updated_at', 'desc').orderBy('id').limit(limit).execute()
}

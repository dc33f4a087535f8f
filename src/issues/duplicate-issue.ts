import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { draftContent } from './draft-steps.js'
import { insertBlocks, type NewBlock } from './insert-blocks.js'
import { chooseSegments } from './issue-segments.js'

const LONGEST_TITLE = 200
const MARK = ' (copy)'

/**
 * Makes a new draft with the content, the lists, the segments and the look of an issue, and returns its id: all that a composer can change, and
 * nothing of what has become of the issue. Throws `NotFoundError`.
 */
export async function duplicateIssue(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, by }: { issueId: string; by: string | null },
): Promise<string> {
  const now = clock.now()
  const id = newId(now)
  await db.transaction().execute(async (tx) => {
    const { fields, listIds, segments, blocks } = await draftContent(tx, issueId)
    const title = `${fields.title.slice(0, LONGEST_TITLE - MARK.length)}${MARK}`
    const made = { id, status: 'draft' as const, created_by: by, created_at: now, updated_at: now }
    await tx
      .insertInto('issue')
      .values({ ...fields, ...made, title })
      .execute()
    const lists = listIds.map((list_id) => ({ issue_id: id, list_id }))
    if (lists.length > 0) await tx.insertInto('issue_list').values(lists).execute()
    await chooseSegments(tx, id, segments ?? [])
    await insertBlocks(tx, { issueId: id, now }, blocks as NewBlock[])
  })
  return id
}

import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { draftContent } from './draft-steps.js'
import { underNewIds, writeDraft } from './write-draft.js'

const LONGEST_TITLE = 200
const MARK = ' (copy)'

/**
 * Makes a new draft with the content in all its languages, the lists, the segments and the look of an issue, and returns its id: all that a composer can change, and
 * nothing of what has become of the issue. Throws `NotFoundError`.
 */
export async function duplicateIssue(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, by }: { issueId: string; by: string | null },
): Promise<string> {
  const now = clock.now()
  const id = newId(now)
  await db.transaction().execute(async (tx) => {
    const { fields, ...parts } = underNewIds(await draftContent(tx, issueId), now)
    const { is_public } = await tx
      .selectFrom('issue')
      .select('is_public')
      .where('id', '=', issueId)
      .executeTakeFirstOrThrow()
    const title = `${fields.title.slice(0, LONGEST_TITLE - MARK.length)}${MARK}`
    const made = { id, status: 'draft' as const, created_by: by, created_at: now, updated_at: now }
    await tx
      .insertInto('issue')
      .values({ ...fields, is_public, ...made, title })
      .execute()
    await writeDraft(tx, id, parts)
  })
  return id
}

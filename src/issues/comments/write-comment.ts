import { z } from 'zod'
import { newId } from '../../../db/uuid.js'
import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import { type BlockKind, definitionOf } from '../../rendering/blocks.js'
import { recordAudit } from '../record-audit.js'

/** What somebody has to say. */
export const CommentForm = z.object({
  body: z
    .string()
    .trim()
    .min(1, 'Write what you have to say.')
    .max(4000, 'Keep a comment below 4,000 characters.'),
})

export type NewComment = { issueId: string; blockId: string | null; body: string; by: string | null }

/**
 * Begins a thread on an issue (`blockId` null) or on a block of it, and returns its id. A block that was removed meanwhile keeps what
 * is said about it. Throws `NotFoundError` for an unknown issue.
 */
export async function writeComment(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, blockId, body, by }: NewComment,
): Promise<string> {
  const now = clock.now()
  const id = newId(now)
  await db.transaction().execute(async (tx) => {
    // Held, so that the issue is not discarded under the comment.
    const issue = await tx
      .selectFrom('issue')
      .select('id')
      .where('id', '=', issueId)
      .forKeyShare()
      .executeTakeFirst()
    if (!issue) throw new NotFoundError('There is no such issue.')
    const block = blockId
      ? await tx
          .selectFrom('block')
          .select('kind')
          .where('issue_id', '=', issueId)
          .where('id', '=', blockId)
          .executeTakeFirst()
      : undefined
    const about = block ? definitionOf(block.kind as BlockKind).label : ''
    await tx
      .insertInto('comment')
      .values({ id, issue_id: issueId, block_id: blockId, about, body, account_id: by, written_at: now })
      .execute()
    await recordAudit(tx, { action: 'write-comment', subjectIds: [issueId, id], by, now })
  })
  return id
}

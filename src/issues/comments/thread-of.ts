import type { Tx } from '../../../db/database.js'
import type { Comment } from '../../../db/tables/comment.js'
import { NotFoundError } from '../../errors.js'

/** The comment that began a thread of an issue, its row locked. Throws `NotFoundError`. */
export async function threadOf(
  tx: Tx,
  { issueId, threadId }: { issueId: string; threadId: string },
): Promise<Comment> {
  const thread = await tx
    .selectFrom('comment')
    .selectAll()
    .where('id', '=', threadId)
    .where('issue_id', '=', issueId)
    .where('thread_id', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!thread) throw new NotFoundError('There is no such comment.')
  return thread
}

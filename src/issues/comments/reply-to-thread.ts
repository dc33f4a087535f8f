import { newId } from '../../../db/uuid.js'
import type { Context } from '../../context.js'
import { recordAudit } from '../record-audit.js'
import { threadOf } from './thread-of.js'
import { threadStatus } from './thread-status.js'

export type Reply = { issueId: string; threadId: string; body: string; by: string | null }

/** Answers in a thread; one that was resolved is open again, so that nobody's answer is overlooked or lost. Throws `NotFoundError`. */
export async function replyToThread(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, threadId, body, by }: Reply,
): Promise<void> {
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    const thread = await threadOf(tx, { issueId, threadId })
    const id = newId(now)
    await tx
      .insertInto('comment')
      .values({ id, issue_id: issueId, thread_id: threadId, body, account_id: by, written_at: now })
      .execute()
    if (threadStatus(thread) === 'resolved')
      await tx
        .updateTable('comment')
        .set({ resolved_at: null, resolved_by: null })
        .where('id', '=', threadId)
        .execute()
    await recordAudit(tx, { action: 'reply-to-thread', subjectIds: [issueId, threadId, id], by, now })
  })
}

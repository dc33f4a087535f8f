import type { Context } from '../../context.js'
import { recordAudit } from '../record-audit.js'
import { threadOf } from './thread-of.js'
import { THREAD_MOVES, type ThreadStatus, threadStatus } from './thread-status.js'

export type ThreadMove = { issueId: string; threadId: string; to: ThreadStatus; by: string | null }

/** Resolves a thread or opens it again, with who did so; one that is there already stays as it is. Throws `NotFoundError`. */
export async function moveThread(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, threadId, to, by }: ThreadMove,
): Promise<void> {
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    const thread = await threadOf(tx, { issueId, threadId })
    if (!THREAD_MOVES[threadStatus(thread)].includes(to)) return
    const change =
      to === 'resolved' ? { resolved_at: now, resolved_by: by } : { resolved_at: null, resolved_by: null }
    await tx.updateTable('comment').set(change).where('id', '=', threadId).execute()
    const action = to === 'resolved' ? 'resolve-thread' : 'reopen-thread'
    await recordAudit(tx, { action, subjectIds: [issueId, threadId], by, now })
  })
}

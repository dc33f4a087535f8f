import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'
import { enqueueIssue } from '../delivery/enqueue-issue.js'
import { ConflictError, NotFoundError } from '../errors.js'

type Selection = {
  issueId: string
  from: 'rejected' | 'unknown'
  deliveryIds?: readonly string[] | undefined
}

const REOPENABLE = ['sending', 'paused', 'sent'] as const

/**
 * Makes deliveries pending again and a finished issue `sending`, in one transaction with `note`, and returns how many. The count
 * of attempts stays, since an outcome is told apart by it; the 48 hours of trying start anew. Throws `ConflictError` or `NotFoundError`.
 */
export async function reopenDeliveries(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { issueId, from, deliveryIds }: Selection,
  note: (tx: Tx, reopened: string[]) => Promise<void>,
): Promise<number> {
  if (deliveryIds?.length === 0) return 0
  const count = await ctx.db.transaction().execute(async (tx) => {
    await reopenIssue(tx, issueId)
    let update = tx
      .updateTable('delivery')
      .set({ status: 'pending', not_before: null, finished_at: null, first_attempt_at: null })
      .where('issue_id', '=', issueId)
      .where('status', '=', from)
    if (deliveryIds) update = update.where('id', 'in', [...deliveryIds])
    const rows = await update.returning('id').execute()
    await sql`
      update batch b set due_at = ${ctx.clock.now()} where b.issue_id = ${issueId} and exists (
        select from delivery d where d.issue_id = b.issue_id and d.status = 'pending'
          and d.subscriber_id between b.first_subscriber_id and b.last_subscriber_id)`.execute(tx)
    await coverStrays(tx, issueId, ctx.clock.now())
    await note(
      tx,
      rows.map(({ id }) => id),
    )
    return rows.length
  })
  await enqueueIssue(ctx, issueId)
  return count
}

// An issue settled before batches came in has none; one for each reader never overlaps another.
async function coverStrays(tx: Tx, issueId: string, now: Date): Promise<void> {
  await sql`
    insert into batch (issue_id, batch_no, first_subscriber_id, last_subscriber_id, due_at)
    select ${issueId}, coalesce((select max(batch_no) from batch where issue_id = ${issueId}), -1) + row_number() over (),
      d.subscriber_id, d.subscriber_id, ${now}
    from delivery d where d.issue_id = ${issueId} and d.status = 'pending' and not exists (
      select from batch b where b.issue_id = d.issue_id
        and d.subscriber_id between b.first_subscriber_id and b.last_subscriber_id)`.execute(tx)
}

async function reopenIssue(tx: Tx, issueId: string): Promise<void> {
  const issue = await tx
    .selectFrom('issue')
    .select('status')
    .where('id', '=', issueId)
    .forUpdate()
    .executeTakeFirst()
  if (!issue) throw new NotFoundError('There is no such issue.')
  if (!REOPENABLE.some((status) => status === issue.status))
    throw new ConflictError(`This issue is ${issue.status}; nothing of it can be sent again.`)
  await tx
    .updateTable('issue')
    .set({ status: 'sending', finished_at: null })
    .where('id', '=', issueId)
    .where('status', '=', 'sent')
    .execute()
}

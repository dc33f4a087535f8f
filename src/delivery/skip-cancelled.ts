import { sql } from 'kysely'
import type { Context } from '../context.js'

/** Skips who is still pending in a cancelled issue, batch by batch, so that a long list holds nobody up. */
export async function skipCancelled(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  issueId: string,
): Promise<void> {
  const batches = await db
    .selectFrom('batch')
    .select('batch_no')
    .where('issue_id', '=', issueId)
    .where('due_at', 'is not', null)
    .orderBy('batch_no')
    .execute()
  for (const { batch_no } of batches)
    await sql`
      with ended as (
        update batch b set due_at = null from issue i
        where b.issue_id = ${issueId} and b.batch_no = ${batch_no} and i.id = b.issue_id and i.status = 'cancelled'
        returning b.first_subscriber_id, b.last_subscriber_id, i.ledger_month
      )
      update delivery d set status = 'skipped', skip_reason = 'cancelled', finished_at = ${clock.now()}
      from ended e
      where d.issue_id = ${issueId} and d.month = e.ledger_month and d.status = 'pending'
        and d.subscriber_id between e.first_subscriber_id and e.last_subscriber_id`.execute(db)
}

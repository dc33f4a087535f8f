import type { Context } from '../context.js'

/** Skips a delivery to somebody who is no longer there. */
export async function skipErased(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, month, subscriberId }: { issueId: string; month: string; subscriberId: string },
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ status: 'skipped', skip_reason: 'erased', finished_at: clock.now() })
    .where('issue_id', '=', issueId)
    .where('month', '=', month)
    .where('subscriber_id', '=', subscriberId)
    .where('status', '=', 'pending')
    .execute()
}

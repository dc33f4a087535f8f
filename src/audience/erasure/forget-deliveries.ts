import type { Erasing } from './erasing.js'

/**
 * Skips what waits to be sent. Removing the subscriber then takes their name and every server's words from the rows of the ledger, which stay
 * for the sums; what is on the wire ends first (src/audience/erasure/forget-leftovers.ts).
 */
export async function forgetDeliveries({ tx, now, subscriberIds }: Erasing): Promise<void> {
  if (subscriberIds.length === 0) return
  await tx
    .updateTable('delivery')
    .from('issue')
    .set({ status: 'skipped', skip_reason: 'erased', finished_at: now, not_before: null })
    // With the month, a reader's rows are one look at the primary key for each issue.
    .whereRef('issue.id', '=', 'delivery.issue_id')
    .whereRef('issue.ledger_month', '=', 'delivery.month')
    .where('delivery.subscriber_id', 'in', [...subscriberIds])
    .where('delivery.status', '=', 'pending')
    .execute()
}

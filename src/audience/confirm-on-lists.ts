import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import { hasLeft } from './has-left-sql.js'
import { statesBefore } from './subscription-status.js'

/**
 * Puts somebody on lists as `confirmed` without asking their mailbox, from where the move `by` may do that, and returns the ids of the lists that
 * they are new on. Who has left a list stays off it.
 */
export async function confirmOnLists(
  tx: Tx,
  {
    subscriberId,
    listIds,
    by,
    now,
  }: { subscriberId: string; listIds: readonly string[]; by: 'add' | 'confirm'; now: Date },
): Promise<string[]> {
  if (listIds.length === 0) return []
  const rows = listIds.map((listId) => newlyConfirmed({ listId, subscriberId, now }))
  const joined = await tx
    .insertInto('subscription')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['list_id', 'subscriber_id'])
        .doUpdateSet({ status: 'confirmed', confirmed_at: now })
        .where('subscription.status', 'in', statesBefore(by))
        .where(sql<boolean>`not ${sql.raw(hasLeft('subscription'))}`),
    )
    .returning('list_id')
    .execute()
  return joined.map((row) => row.list_id)
}

/** The subscription of somebody who gets on a list by being confirmed. */
export function newlyConfirmed({
  listId,
  subscriberId,
  now,
}: {
  listId: string
  subscriberId: string
  now: Date
}) {
  return {
    list_id: listId,
    subscriber_id: subscriberId,
    status: 'confirmed' as const,
    created_at: now,
    confirmed_at: now,
    unsubscribed_at: null,
    unsubscribe_channel: null,
    unsubscribe_issue_id: null,
  }
}

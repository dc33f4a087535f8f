import type { DatabaseOrTx, Tx } from '../../db/database.js'
import type { Subscription } from '../../db/tables/subscription.js'
import type { Context } from '../context.js'
import { maskAddress } from './address.js'
import { presentSubscriberId } from './present-subscriber.js'
import { recordConsent } from './record-consent.js'
import { statesBefore } from './subscription-status.js'
import type { DeliveryIds } from './tokens.js'

export type UnsubscribeChannel = NonNullable<Subscription['unsubscribe_channel']>

/** What the unsubscribe page shows: never the full address, never a list that the issue did not go to. */
export type Unsubscription = {
  maskedEmail: string | null
  lists: { name: string; isOn: boolean }[]
}

/** Takes the person off every list of the issue, durably before it returns; again changes nothing. */
export async function unsubscribe(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, channel, ...ids }: DeliveryIds & { channel: UnsubscribeChannel },
): Promise<Unsubscription> {
  const now = clock.now()
  const subscriberId = await presentSubscriberId(db, ids.subscriberId)
  await db.transaction().execute(async (tx) => {
    const listIds = await listsOf({ db: tx }, { subscriberId, issueId })
    await leaveLists(tx, { subscriberId, issueId, channel, listIds, now })
  })
  return findUnsubscription({ db }, { subscriberId, issueId })
}

/** Takes the person off one list; again changes nothing. */
export async function unsubscribeFromList(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { subscriberId, listId, channel }: { subscriberId: string; listId: string; channel: UnsubscribeChannel },
): Promise<void> {
  const leaving = { subscriberId, issueId: null, channel, listIds: [listId], now: clock.now() }
  await db.transaction().execute((tx) => leaveLists(tx, leaving))
}

/** What an unsubscribe link is about; changes nothing. Empty for somebody who has been erased. */
export async function findUnsubscription(
  { db }: { db: DatabaseOrTx },
  named: DeliveryIds,
): Promise<Unsubscription> {
  const ids = { ...named, subscriberId: await presentSubscriberId(db, named.subscriberId) }
  const subscriber = await db
    .selectFrom('subscriber')
    .select('email')
    .where('id', '=', ids.subscriberId)
    .executeTakeFirst()
  const listIds = await listsOf({ db }, ids)
  if (!subscriber || listIds.length === 0)
    return { maskedEmail: subscriber ? maskAddress(subscriber.email) : null, lists: [] }
  const rows = await db
    .selectFrom('subscription')
    .innerJoin('list', 'list.id', 'subscription.list_id')
    .select(['list.name', 'subscription.status'])
    .where('subscriber_id', '=', ids.subscriberId)
    .where('list_id', 'in', listIds)
    .orderBy('list.name')
    .execute()
  return {
    maskedEmail: maskAddress(subscriber.email),
    lists: rows.map((row) => ({ name: row.name, isOn: row.status !== 'unsubscribed' })),
  }
}

/** Leaves lists within the caller's transaction and returns those that were really left. */
export async function leaveLists(
  tx: Tx,
  leaving: {
    subscriberId: string
    issueId: string | null
    channel: UnsubscribeChannel
    listIds: readonly string[]
    now: Date
  },
): Promise<string[]> {
  const { subscriberId, issueId, channel, listIds, now } = leaving
  if (listIds.length === 0) return []
  const rows = await tx
    .updateTable('subscription')
    .set({
      status: 'unsubscribed',
      unsubscribed_at: now,
      unsubscribe_channel: channel,
      unsubscribe_issue_id: issueId,
    })
    .where('subscriber_id', '=', subscriberId)
    .where('list_id', 'in', listIds)
    .where('status', 'in', statesBefore('leave'))
    .returning('list_id')
    .execute()
  const left = rows.map((row) => row.list_id)
  const consent = { subscriber_id: subscriberId, kind: 'withdrawn', channel, occurred_at: now } as const
  await recordConsent(tx, { ...consent, issue_id: issueId }, left)
  return left
}

// An issue that is gone from the database must not make its links useless: then the person leaves everything.
async function listsOf({ db }: { db: DatabaseOrTx }, ids: DeliveryIds): Promise<string[]> {
  const ofIssue = await db
    .selectFrom('issue_list')
    .select('list_id')
    .where('issue_id', '=', ids.issueId)
    .execute()
  if (ofIssue.length > 0) return ofIssue.map((row) => row.list_id)
  const ofPerson = await db
    .selectFrom('subscription')
    .select('list_id')
    .where('subscriber_id', '=', ids.subscriberId)
    .execute()
  return ofPerson.map((row) => row.list_id)
}

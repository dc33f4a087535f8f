import type { DatabaseOrTx, Tx } from '../../db/database.js'
import type { Subscription } from '../../db/tables/subscription.js'
import type { Context } from '../context.js'
import { maskAddress } from './address.js'
import { noteGoodbye } from './mails/note-list-mails.js'
import { sendSubscriberMailJob } from './mails/send-subscriber-mail-job.js'
import { presentSubscriberId } from './present-subscriber.js'
import { recordConsent } from './record-consent.js'
import { statesBefore } from './subscription-status.js'
import { suppressAddress } from './suppress-address.js'
import type { DeliveryIds } from './tokens.js'

export type UnsubscribeChannel = NonNullable<Subscription['unsubscribe_channel']>

/** `these`: the lists of the issue, or those chosen among them; `all`: every list; `never`: every list, and no mail ever again. */
export type LeaveScope = 'these' | 'all' | 'never'

/** What the unsubscribe page shows: never the full address, never a list that the issue did not go to. */
export type Unsubscription = {
  maskedEmail: string | null
  /** The language they read; null: unknown. */
  language: string | null
  lists: { id: string; name: string; language: string; isOn: boolean }[]
}

export type Leaving = DeliveryIds & {
  channel: UnsubscribeChannel
  scope?: LeaveScope
  /** Those of the issue's lists to leave; all of them when left out. */
  listIds?: readonly string[]
  /** Of the page on which they leave; of the good-bye, unless they read another. That of the lists when left out. */
  language?: string
}

type Needs = Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>

/**
 * Takes the person off lists, durably before it returns, and says good-bye where the lists do and the person left by a page or a mail; again
 * changes nothing.
 */
export async function unsubscribe(ctx: Needs, leaving: Leaving): Promise<Unsubscription> {
  const mailId = await ctx.db.transaction().execute((tx) => leave(tx, ctx, leaving))
  if (mailId) await ctx.queues.enqueue(sendSubscriberMailJob, { mailId })
  return findUnsubscription(ctx, leaving)
}

async function leave(tx: Tx, { clock, keys }: Needs, leaving: Leaving): Promise<string | null> {
  const { issueId, channel, scope = 'these' } = leaving
  const subscriberId = await presentSubscriberId(tx, leaving.subscriberId)
  const now = clock.now()
  const person = await tx
    .selectFrom('subscriber')
    .select('email')
    .where('id', '=', subscriberId)
    .forUpdate()
    .executeTakeFirst()
  if (!person) return null
  const chosen = leaving.listIds
  const shown =
    scope === 'these'
      ? await listsOf({ db: tx }, { subscriberId, issueId })
      : await ownLists(tx, subscriberId)
  const listIds = scope === 'these' && chosen ? shown.filter((id) => chosen.includes(id)) : shown
  const left = await leaveLists(tx, { subscriberId, issueId, channel, listIds, now })
  if (scope === 'never') {
    await suppressAddress({ db: tx, clock }, { email: person.email, reason: 'unsubscribe-all' })
    return null
  }
  if (channel !== 'page' && channel !== 'mailto') return null
  const language = leaving.language ?? (await languageOfLists(tx, left))
  return noteGoodbye(tx, { keys, now }, { subscriberId, listIds: left, language })
}

/** In which to say good-bye to somebody of whom no language is known: that of what they have read. */
async function languageOfLists(tx: Tx, listIds: readonly string[]): Promise<string> {
  if (listIds.length === 0) return 'en'
  const { language } = await tx
    .selectFrom('list')
    .select('language')
    .where('id', 'in', listIds)
    .orderBy('name')
    .limit(1)
    .executeTakeFirstOrThrow()
  return language
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
    .select(['email', 'language'])
    .where('id', '=', ids.subscriberId)
    .executeTakeFirst()
  if (!subscriber) return { maskedEmail: null, language: null, lists: [] }
  const listIds = await listsOf({ db }, ids)
  const rows =
    listIds.length === 0
      ? []
      : await db
          .selectFrom('subscription')
          .innerJoin('list', 'list.id', 'subscription.list_id')
          .select(['list.id', 'list.name', 'list.language', 'subscription.status'])
          .where('subscriber_id', '=', ids.subscriberId)
          .where('list_id', 'in', listIds)
          .orderBy('list.name')
          .execute()
  return {
    maskedEmail: maskAddress(subscriber.email),
    language: subscriber.language,
    lists: rows.map(({ status, ...list }) => ({ ...list, isOn: status !== 'unsubscribed' })),
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
  return ofIssue.length > 0 ? ofIssue.map((row) => row.list_id) : ownLists(db, ids.subscriberId)
}

async function ownLists(db: DatabaseOrTx, subscriberId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('subscription')
    .select('list_id')
    .where('subscriber_id', '=', subscriberId)
    .execute()
  return rows.map((row) => row.list_id)
}

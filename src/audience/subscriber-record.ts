import type { ConsentEvent } from '../../db/tables/consent-event.js'
import type { Subscriber } from '../../db/tables/subscriber.js'
import type { Subscription } from '../../db/tables/subscription.js'
import type { Suppression } from '../../db/tables/suppression.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { formerAddresses } from './former-addresses.js'
import { listNameAt } from './list-name-at.js'
import { findSuppression } from './suppress-address.js'

export type SubscriberRecord = {
  subscriber: Subscriber
  subscriptions: (Subscription & { listName: string })[]
  events: (ConsentEvent & { listName: string | null })[]
  suppression: Suppression | null
  /** The addresses that they had before, the latest first. */
  former: { email: string; email_key: string; until: Date }[]
}

/** All that is known of one subscriber: fields, subscriptions by list, evidence of consent with the newest first. Throws `NotFoundError`. */
export async function subscriberRecord(
  { db, keys }: Pick<Context, 'db' | 'keys'>,
  subscriberId: string,
): Promise<SubscriberRecord> {
  const subscriber = await db
    .selectFrom('subscriber')
    .selectAll()
    .where('id', '=', subscriberId)
    .executeTakeFirst()
  if (!subscriber) throw new NotFoundError('There is no such subscriber.')
  const [subscriptions, events, suppression, former] = await Promise.all([
    db
      .selectFrom('subscription')
      .innerJoin('list', 'list.id', 'subscription.list_id')
      .selectAll('subscription')
      .select('list.name as listName')
      .where('subscriber_id', '=', subscriberId)
      .orderBy('list.name')
      .execute(),
    db
      .selectFrom('consent_event')
      .selectAll('consent_event')
      .select(listNameAt('consent_event.list_id', 'consent_event.occurred_at').as('listName'))
      .where('subscriber_id', '=', subscriberId)
      .orderBy('occurred_at', 'desc')
      .orderBy('consent_event.id', 'desc')
      .execute(),
    findSuppression({ db, keys }, subscriber.email_key),
    formerAddresses(db, subscriberId),
  ])
  return { subscriber, subscriptions, events, suppression, former }
}

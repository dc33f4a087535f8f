import type { DatabaseOrTx } from '../../db/database.js'
import type { Field } from '../../db/tables/field.js'
import { NotFoundError } from '../errors.js'
import { maskAddress } from './address.js'
import { fieldsOnForms } from './fields-on-forms.js'
import { presentSubscriberId } from './present-subscriber.js'
import type { SubscriptionStatus } from './subscription-status.js'
import type { DeliveryIds } from './tokens.js'

export type Preference = {
  listId: string
  name: string
  description: string
  language: string
  isPublic: boolean
  status: SubscriptionStatus | null
}
export type Preferences = {
  maskedEmail: string
  /** In which they read, as a BCP 47 tag; null: unknown. */
  language: string | null
  timeZone: string | null
  lists: Preference[]
  /** The fields that forms show, with what is known. */
  fields: (Pick<Field, 'key' | 'label' | 'type' | 'choices'> & { value: string })[]
  /** Gets nothing before this moment; null: does not rest. */
  snoozedUntil: Date | null
  isTracked: boolean
  /** When they last changed their address; null: never. */
  linksSince: Date | null
}

/** Where a person stands on the public lists and on those the issue went to, and what else they may change. Throws `NotFoundError`. */
export async function preferences(
  { db }: { db: DatabaseOrTx },
  { issueId, ...ids }: DeliveryIds,
): Promise<Preferences> {
  const subscriberId = await presentSubscriberId(db, ids.subscriberId)
  const subscriber = await db
    .selectFrom('subscriber')
    .selectAll()
    .where('id', '=', subscriberId)
    .executeTakeFirst()
  if (!subscriber) throw new NotFoundError('This link is not one of ours.')
  const fields = await fieldsOnForms({ db })
  return {
    maskedEmail: maskAddress(subscriber.email),
    language: subscriber.language,
    timeZone: subscriber.time_zone,
    lists: await shownLists(db, { subscriberId, issueId }),
    fields: fields.map((field) => ({ ...field, value: subscriber.fields[field.key] ?? '' })),
    snoozedUntil: subscriber.snoozed_until,
    isTracked: subscriber.tracking_consent === true,
    linksSince: subscriber.links_since,
  }
}

function shownLists(db: DatabaseOrTx, { subscriberId, issueId }: DeliveryIds): Promise<Preference[]> {
  return db
    .selectFrom('list')
    .leftJoin('subscription', (join) =>
      join.onRef('subscription.list_id', '=', 'list.id').on('subscription.subscriber_id', '=', subscriberId),
    )
    .select([
      'list.id as listId',
      'list.name',
      'list.description',
      'list.language',
      'list.is_public as isPublic',
      'subscription.status',
    ])
    .where('list.archived_at', 'is', null)
    .where(({ or, and, eb, exists, selectFrom }) =>
      or([
        eb('list.is_public', '=', true),
        and([
          eb('subscription.status', 'is not', null),
          exists(
            selectFrom('issue_list')
              .select('issue_list.list_id')
              .where('issue_list.issue_id', '=', issueId)
              .whereRef('issue_list.list_id', '=', 'list.id'),
          ),
        ]),
      ]),
    )
    .orderBy('list.name')
    .execute()
}

import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import type { Field } from '../../db/tables/field.js'
import type { Suppression } from '../../db/tables/suppression.js'
import { NotFoundError } from '../errors.js'
import type { KeyRing } from '../secrets.js'
import { maskAddress } from './address.js'
import { fieldsOnForms } from './fields-on-forms.js'
import { mayComeBack } from './lift-suppression.js'
import { presentSubscriberId } from './present-subscriber.js'
import type { SubscriptionStatus } from './subscription-status.js'
import { findSuppression } from './suppress-address.js'
import type { DeliveryIds } from './tokens.js'

export type Preference = {
  listId: string
  name: string
  description: string
  language: string
  isPublic: boolean
  /** Pending only while a link to confirm it still works. */
  status: SubscriptionStatus | null
}
export type Preferences = {
  maskedEmail: string
  /** In which they read, as a BCP 47 tag; null: unknown. */
  language: string | null
  timeZone: string | null
  lists: Preference[]
  /** The fields that forms show, with what is known. */
  fields: (Pick<Field, 'key' | 'label' | 'type' | 'choices' | 'words'> & { value: string })[]
  /** Gets nothing before this moment; null: does not rest. */
  snoozedUntil: Date | null
  isTracked: boolean
  /** When they last changed their address; null: never. */
  linksSince: Date | null
  /** What keeps every newsletter from being sent, whatever is ticked: `own` ends when they join a list and confirm it; null: nothing. */
  blocked: 'own' | 'complaint' | 'bounce' | 'office' | null
}

type Needs = { db: DatabaseOrTx; keys: KeyRing; now: Date }

/**
 * Where a person stands on the public lists and on those the mail was about (any of theirs where it was about none), and what else they may
 * change. Throws `NotFoundError`.
 */
export async function preferences(
  { db, keys, now }: Needs,
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
  const suppression = await findSuppression({ db, keys }, subscriber.email_key)
  return {
    maskedEmail: maskAddress(subscriber.email),
    language: subscriber.language,
    timeZone: subscriber.time_zone,
    lists: await shownLists(db, { subscriberId, issueId, now }),
    fields: fields.map((field) => ({ ...field, value: subscriber.fields[field.key] ?? '' })),
    snoozedUntil: subscriber.snoozed_until,
    isTracked: subscriber.tracking_consent === true,
    linksSince: subscriber.links_since,
    blocked: suppression && blockOf(suppression),
  }
}

function blockOf(suppression: Suppression): Preferences['blocked'] {
  if (mayComeBack(suppression, 'preferences')) return 'own'
  if (suppression.domain !== null) return 'office'
  if (suppression.reason === 'complaint') return 'complaint'
  return suppression.reason === 'hard-bounce' ? 'bounce' : 'office'
}

type Shown = DeliveryIds & { now: Date }

async function shownLists(db: DatabaseOrTx, { subscriberId, issueId, now }: Shown): Promise<Preference[]> {
  const rows = await db
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
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('confirmation')
          .select('confirmation.id')
          .where('confirmation.subscriber_id', '=', subscriberId)
          .where(sql<boolean>`list.id = any (confirmation.list_ids)`)
          .where('confirmation.used_at', 'is', null)
          .where('confirmation.expires_at', '>', now),
      ).as('isAsked'),
    )
    .where('list.archived_at', 'is', null)
    .where(({ or, and, not, eb, exists, selectFrom }) =>
      or([
        eb('list.is_public', '=', true),
        and([
          eb('subscription.status', 'is not', null),
          or([
            exists(
              selectFrom('issue_list')
                .select('issue_list.list_id')
                .where('issue_list.issue_id', '=', issueId)
                .whereRef('issue_list.list_id', '=', 'list.id'),
            ),
            // A welcome, or an issue that is gone: the link is theirs all the same.
            not(
              exists(
                selectFrom('issue_list')
                  .select('issue_list.list_id')
                  .where('issue_list.issue_id', '=', issueId),
              ),
            ),
          ]),
        ]),
      ]),
    )
    .orderBy('list.name')
    .execute()
  return rows.map(({ isAsked, status, ...list }) => ({
    ...list,
    status: status === 'pending' && !isAsked ? null : status,
  }))
}

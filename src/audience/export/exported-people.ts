import { type RawBuilder, sql } from 'kysely'
import { fitsFilter, type SubscriberFilter } from '../subscriber-filter.js'
import { suppressedDomain } from '../suppressed-sql.js'

/**
 * The very people whom the subscribers' page shows for a filter, in the order of their addresses, with where they stand: on the list when
 * one is named, else on the list where they stand best; `nonsubscribed` is on none.
 */
export function exportedPeople(
  filter: SubscriberFilter,
  { byWords }: { byWords: boolean },
): RawBuilder<unknown> {
  return sql`
    select p.email, p.fields, p.language,
      case when exists (select from suppression x where x.email_key = p.email_key)
        or ${sql.raw(suppressedDomain('p.email_key'))} then 'suppressed' else t.status end as status,
      t.created_at as agreed_at, t.confirmed_at, t.unsubscribed_at as left_at
    from subscriber as p ${filter.listId ? onList(filter.listId) : onAny(filter)}
    where ${fitsFilter(filter, { byWords })}
    order by p.email_key`
}

function onList(listId: string): RawBuilder<unknown> {
  return sql`join subscription t on t.subscriber_id = p.id and t.list_id = ${listId}`
}

function onAny({ status }: SubscriberFilter): RawBuilder<unknown> {
  const best = status
    ? sql`${status}::text`
    : sql`coalesce((select o.status from subscription o where o.subscriber_id = p.id
        order by array_position(array['confirmed', 'pending', 'unsubscribed'], o.status) limit 1), 'nonsubscribed')`
  return sql`cross join lateral (select ${best} as status, null::timestamptz as created_at,
    null::timestamptz as confirmed_at, null::timestamptz as unsubscribed_at) t`
}

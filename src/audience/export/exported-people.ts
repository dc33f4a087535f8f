import { type RawBuilder, sql } from 'kysely'
import type { SubscriberFilter } from '../subscriber-filter.js'
import type { SubscriptionStatus } from '../subscription-status.js'

export type ExportFilter = {
  listId?: string
  status?: SubscriptionStatus
  /** Beginning of an address or of any field's value, as the search page takes it. */
  search?: string
  /** The people that fit a segment; `exportedPeople` finds their ids in the table `exported_person`. */
  segment?: SubscriberFilter['segment']
}

/** The people of a list, of a search or of both, in the order of their addresses, with where they stand on the list. */
export function exportedPeople({ listId, status, search = '', segment }: ExportFilter): RawBuilder<unknown> {
  const prefix = `${search
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`
  // Values of a cursor's query cannot be parameters; these are quoted by the database's own rules.
  const like = sql.lit(prefix)
  const isFound =
    prefix === '%'
      ? sql`true`
      : sql`(p.email_key like ${like} or p.email ilike ${like}
          or exists (select from jsonb_each_text(p.fields) where value ilike ${like}))`
  const isOn = status
    ? sql`exists (select from subscription o where o.subscriber_id = p.id and o.status = ${sql.lit(status)}
        ${listId ? sql`and o.list_id = ${sql.lit(listId)}` : sql``})`
    : sql`true`
  const subscription = listId
    ? sql`join subscription t on t.subscriber_id = p.id and t.list_id = ${sql.lit(listId)}`
    : sql`cross join lateral (select null as status, null::timestamptz as created_at, null::timestamptz as confirmed_at,
        null::timestamptz as unsubscribed_at) t`
  return sql`
    select p.email, p.fields, p.language,
      case when x.id is null then t.status else 'suppressed' end as status,
      t.created_at as agreed_at, t.confirmed_at, t.unsubscribed_at as left_at
    from subscriber p ${subscription}
      left join suppression x on x.email_key = p.email_key
    where ${isFound} and ${isOn} ${segment ? sql`and p.id in (select id from exported_person)` : sql``}
    order by p.email_key`
}

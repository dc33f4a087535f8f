import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import type { Subscriber } from '../../db/tables/subscriber.js'
import type { SubscriptionStatus } from './subscription-status.js'
import { suppressedDomain } from './suppressed-sql.js'

export type SubscriberFilter = {
  /** Beginning of an address or of any field's value. */
  search?: string
  listId?: string
  status?: SubscriptionStatus
  /** `next` of the page before. */
  after?: string
  limit?: number
}
export type FoundSubscriber = Subscriber & {
  lists: { name: string; status: SubscriptionStatus }[]
  isSuppressed: boolean
}

const PAGE_LENGTH = 50

/** One page of subscribers, the newest first; `next` is the key of the following page, or null on the last. */
export async function searchSubscribers(
  { db }: { db: DatabaseOrTx },
  filter: SubscriberFilter = {},
): Promise<{ subscribers: FoundSubscriber[]; next: string | null }> {
  const limit = filter.limit ?? PAGE_LENGTH
  const rows = await pageOf(db, filter, limit + 1)
  const page = rows.slice(0, limit)
  const subscribers = await withStanding(db, page)
  return { subscribers, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

function pageOf(db: DatabaseOrTx, filter: SubscriberFilter, limit: number): Promise<Subscriber[]> {
  const { after, listId, status } = filter
  const prefix = `${(filter.search ?? '')
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`
  let query = db.selectFrom('subscriber').selectAll('subscriber').orderBy('id', 'desc').limit(limit)
  if (after) query = query.where('id', '<', after)
  if (prefix !== '%')
    query = query.where(({ or, eb }) =>
      or([
        eb('email_key', 'like', prefix),
        eb('email', 'ilike', prefix),
        sql<boolean>`exists (select from jsonb_each_text(subscriber.fields) where value ilike ${prefix})`,
      ]),
    )
  if (listId || status)
    query = query.where(({ exists, selectFrom }) => {
      let on = selectFrom('subscription')
        .select('subscription.list_id')
        .whereRef('subscription.subscriber_id', '=', 'subscriber.id')
      if (listId) on = on.where('subscription.list_id', '=', listId)
      if (status) on = on.where('subscription.status', '=', status)
      return exists(on)
    })
  return query.execute()
}

async function withStanding(db: DatabaseOrTx, page: Subscriber[]): Promise<FoundSubscriber[]> {
  if (page.length === 0) return []
  const on = await db
    .selectFrom('subscription')
    .innerJoin('list', 'list.id', 'subscription.list_id')
    .select(['subscription.subscriber_id', 'list.name', 'subscription.status'])
    .where(
      'subscription.subscriber_id',
      'in',
      page.map((row) => row.id),
    )
    .orderBy('list.name')
    .execute()
  const { rows: suppressed } = await sql<{ email_key: string }>`
    select p.email_key from unnest(${page.map((row) => row.email_key)}::text[]) as p (email_key)
    where exists (select from suppression s where s.email_key = p.email_key) or ${sql.raw(suppressedDomain('p.email_key'))}`.execute(
    db,
  )
  const forbidden = new Set(suppressed.map((row) => row.email_key))
  return page.map((row) => ({
    ...row,
    lists: on
      .filter(({ subscriber_id }) => subscriber_id === row.id)
      .map(({ name, status }) => ({ name, status })),
    isSuppressed: forbidden.has(row.email_key),
  }))
}

import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import type { Subscriber } from '../../db/tables/subscriber.js'
import { fitsFilter, type SubscriberFilter } from './subscriber-filter.js'
import type { SubscriptionStatus } from './subscription-status.js'
import { suppressedDomain } from './suppressed-sql.js'
import { hasWordIndex } from './word-index.js'

/** `after` is `next` of the page before. */
export type SubscriberSearch = SubscriberFilter & { after?: string; limit?: number }
export type FoundSubscriber = Subscriber & {
  lists: { name: string; status: SubscriptionStatus }[]
  isSuppressed: boolean
}

const PAGE_LENGTH = 50

/** One page of subscribers, the newest first; `next` is the key of the following page, or null on the last. */
export async function searchSubscribers(
  { db }: { db: DatabaseOrTx },
  search: SubscriberSearch = {},
): Promise<{ subscribers: FoundSubscriber[]; next: string | null }> {
  const limit = search.limit ?? PAGE_LENGTH
  const rows = await pageOf(db, search, limit + 1)
  const page = rows.slice(0, limit)
  const subscribers = await withStanding(db, page)
  return { subscribers, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

async function pageOf(db: DatabaseOrTx, search: SubscriberSearch, limit: number): Promise<Subscriber[]> {
  const byWords = search.search ? await hasWordIndex(db) : true
  let query = db
    .selectFrom('subscriber as p')
    .selectAll('p')
    .where(fitsFilter(search, { byWords }))
    .orderBy('p.id', 'desc')
    .limit(limit)
  if (search.after) query = query.where('p.id', '<', search.after)
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

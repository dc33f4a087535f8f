import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import type { NewsItem } from '../../db/tables/news-item.js'
import { matches, type NewsFilter } from './news-filter.js'
import { usedIn } from './news-use.js'

export type FoundNewsItem = NewsItem & {
  /** The issues that show it, the latest first. */
  usedIn: { issueId: string; title: string; status: string }[]
  owner: string | null
  /** Who wrote or proposed it. */
  author: string | null
  /** The feed it came from. */
  feed: string | null
}
export type NewsPage = { items: FoundNewsItem[]; total: number; page: number; pages: number }

const PAGE_LENGTH = 24

/** One page of the news items that a filter fits, the newest first, each with where it is used; and how many there are in all. */
export async function searchNews(
  { db }: { db: DatabaseOrTx },
  filter: NewsFilter & { page?: number; limit?: number } = {},
): Promise<NewsPage> {
  const { page = 1, limit = PAGE_LENGTH } = filter
  const rows = await pageQuery(db, filter, { limit, offset: (page - 1) * limit }).execute()
  const items = rows.map(({ total: _total, ...item }) => item)
  const total = Number(rows[0]?.total ?? 0)
  return { items, total, page, pages: Math.max(1, Math.ceil(total / limit)) }
}

// Only ids are sorted and counted; the rest is read for the few on the page.
function pageQuery(
  db: DatabaseOrTx,
  filter: NewsFilter,
  { limit, offset }: { limit: number; offset: number },
) {
  return db
    .with('found', (from) =>
      from
        .selectFrom('news_item')
        .select(['id', sql<string>`count(*) over ()`.as('total')])
        .where((eb) => matches(eb, filter))
        .orderBy('published_on', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .offset(offset),
    )
    .selectFrom('found')
    .innerJoin('news_item', 'news_item.id', 'found.id')
    .leftJoin('account as keeper', 'keeper.id', 'news_item.owner_id')
    .leftJoin('account as writer', 'writer.id', 'news_item.created_by')
    .leftJoin('feed', 'feed.id', 'news_item.feed_id')
    .selectAll('news_item')
    .select(['found.total', 'keeper.name as owner', 'writer.name as author', 'feed.title as feed'])
    .select(usedIn.as('usedIn'))
    .orderBy('news_item.published_on', 'desc')
    .orderBy('news_item.id', 'desc')
}

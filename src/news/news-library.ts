import type { NewsItem } from '../../db/tables/news-item.js'
import type { Context } from '../context.js'

export type NewsFilter = { search?: string; region?: string; archived?: boolean; limit?: number }

/** News items, the newest first, whose title or summary holds the search words; archived ones only when asked for. */
export async function newsLibrary({ db }: Pick<Context, 'db'>, filter: NewsFilter = {}): Promise<NewsItem[]> {
  const pattern = `%${(filter.search ?? '').trim().replace(/[\\%_]/g, '\\$&')}%`
  return db
    .selectFrom('news_item')
    .selectAll()
    .where('archived_at', filter.archived ? 'is not' : 'is', null)
    .where((eb) => eb.or([eb('title', 'ilike', pattern), eb('summary_html', 'ilike', pattern)]))
    .$if(Boolean(filter.region), (query) => query.where('region', '=', filter.region ?? ''))
    .orderBy('published_on', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit ?? 200)
    .execute()
}

/** The regions that news items name, for filters and suggestions. */
export async function newsRegions({ db }: Pick<Context, 'db'>): Promise<string[]> {
  const rows = await db
    .selectFrom('news_item')
    .select('region')
    .distinct()
    .where('region', '!=', '')
    .orderBy('region')
    .execute()
  return rows.map((row) => row.region)
}

import type { NewsItem } from '../../db/tables/news-item.js'
import type { Context } from '../context.js'

/** The news items with these ids, archived ones too, in no order; what does not exist is left out. */
export async function newsItems({ db }: Pick<Context, 'db'>, ids: readonly string[]): Promise<NewsItem[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('news_item')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
}

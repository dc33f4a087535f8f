import type { NewsItem } from '../../db/tables/news-item.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'

/** One news item; throws `NotFoundError`, also for one of another region when a region is given. */
export async function newsItem({ db }: Pick<Context, 'db'>, id: string, region?: string): Promise<NewsItem> {
  const found = await db.selectFrom('news_item').selectAll().where('id', '=', id).executeTakeFirst()
  if (!found || (region !== undefined && found.region !== region))
    throw new NotFoundError('There is no such news item.')
  return found
}

import type { NewsItem } from '../../db/tables/news-item.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'

/** One news item; throws `NotFoundError`. */
export async function newsItem({ db }: Pick<Context, 'db'>, id: string): Promise<NewsItem> {
  const found = await db.selectFrom('news_item').selectAll().where('id', '=', id).executeTakeFirst()
  if (!found) throw new NotFoundError('There is no such news item.')
  return found
}

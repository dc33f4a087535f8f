import type { Context } from '../context.js'
import { linkKey } from './link-key.js'
import type { NewsStatus } from './news-status.js'

const MOST = 3

/** The news items with the same link, however it is tracked, the newest first; of one region, or of all. */
export async function newsWithLink(
  { db }: Pick<Context, 'db'>,
  link: string,
  region?: string,
): Promise<{ id: string; title: string; status: NewsStatus }[]> {
  const key = linkKey(link)
  if (key === '') return []
  let query = db.selectFrom('news_item').select(['id', 'title', 'status']).where('link_key', '=', key)
  if (region !== undefined) query = query.where('region', '=', region)
  return query.orderBy('id', 'desc').limit(MOST).execute()
}

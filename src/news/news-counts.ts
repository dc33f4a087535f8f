import type { Context } from '../context.js'
import type { NewsStatus } from './news-status.js'

/** How many news items stand where, archived ones apart; of one region, or of all. */
export async function newsCounts(
  { db }: Pick<Context, 'db'>,
  region?: string,
): Promise<Record<NewsStatus, number>> {
  let query = db
    .selectFrom('news_item')
    .select(['status', ({ fn }) => fn.countAll<string>().as('count')])
    .where('archived_at', 'is', null)
    .groupBy('status')
  if (region !== undefined) query = query.where('region', '=', region)
  const rows = await query.execute()
  const countOf = (status: NewsStatus) => Number(rows.find((row) => row.status === status)?.count ?? 0)
  return { proposed: countOf('proposed'), accepted: countOf('accepted'), rejected: countOf('rejected') }
}

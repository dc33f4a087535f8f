import type { Feed } from '../../db/tables/feed.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'

export type ListedFeed = Feed & { proposals: number; accepted: number }

/** Every feed by region and name, with how many of its news items wait and how many were accepted. */
export async function feeds({ db }: Pick<Context, 'db'>): Promise<ListedFeed[]> {
  const rows = await db
    .selectFrom('feed')
    .leftJoin('news_item', 'news_item.feed_id', 'feed.id')
    .selectAll('feed')
    .select(({ fn, eb }) => [
      fn
        .count<string>('news_item.id')
        .filterWhere(eb('news_item.status', '=', 'proposed'))
        .as('proposals'),
      fn
        .count<string>('news_item.id')
        .filterWhere(eb('news_item.status', '=', 'accepted'))
        .as('accepted'),
    ])
    .groupBy('feed.id')
    .orderBy('feed.region')
    .orderBy('feed.title')
    .orderBy('feed.id')
    .execute()
  return rows.map((row) => ({ ...row, proposals: Number(row.proposals), accepted: Number(row.accepted) }))
}

/** One feed; throws `NotFoundError`. */
export async function feedCalled({ db }: Pick<Context, 'db'>, id: string): Promise<Feed> {
  const found = await db.selectFrom('feed').selectAll().where('id', '=', id).executeTakeFirst()
  if (!found) throw new NotFoundError('There is no such feed.')
  return found
}

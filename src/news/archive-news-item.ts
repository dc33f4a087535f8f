import type { Context } from '../context.js'
import { newsItem } from './news-item.js'

/** Takes a news item out of the library; issues that use it keep it. Again changes nothing. Throws `NotFoundError`. */
export async function archiveNewsItem(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  id: string,
): Promise<void> {
  await newsItem({ db }, id)
  await db
    .updateTable('news_item')
    .set({ archived_at: clock.now() })
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .execute()
}

/** Puts an archived news item back into the library. Throws `NotFoundError`. */
export async function restoreNewsItem({ db }: Pick<Context, 'db'>, id: string): Promise<void> {
  await newsItem({ db }, id)
  await db.updateTable('news_item').set({ archived_at: null }).where('id', '=', id).execute()
}

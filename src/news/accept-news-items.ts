import type { Context } from '../context.js'
import { moveNewsItems, type SeenNewsItem } from './move-news-items.js'

/** Takes proposals into the library and says how many; those decided or changed meanwhile stay as they are. */
export async function acceptNewsItems(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  items: readonly SeenNewsItem[],
  by: string | null,
): Promise<number> {
  return moveNewsItems(db, items, { to: 'accepted', note: '', by, now: clock.now() })
}

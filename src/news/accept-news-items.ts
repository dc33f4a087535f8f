import type { Context } from '../context.js'
import { moveNewsItems } from './move-news-items.js'

/** Takes proposals into the library and says how many; those decided meanwhile stay as they are. */
export async function acceptNewsItems(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  ids: readonly string[],
  by: string | null,
): Promise<number> {
  return moveNewsItems(db, ids, { to: 'accepted', note: '', by, now: clock.now() })
}

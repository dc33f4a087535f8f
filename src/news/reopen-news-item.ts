import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'
import { moveNewsItems } from './move-news-items.js'
import { newsItem } from './news-item.js'

/** Lays a decided news item open again as a proposal; throws `ConflictError` when it is one, `NotFoundError` when there is none. */
export async function reopenNewsItem(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  id: string,
): Promise<void> {
  const { office_note } = await newsItem({ db }, id)
  const decision = { to: 'proposed', note: office_note, by: null, now: clock.now() } as const
  if ((await moveNewsItems(db, [{ id, version: null }], decision)) === 0)
    throw new ConflictError('This is a proposal already.')
}

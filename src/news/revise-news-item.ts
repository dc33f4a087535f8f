import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'
import { newsItem } from './news-item.js'
import { newsItemColumns } from './news-item-columns.js'
import type { NewsItemInput } from './news-item-form.js'

/** Saves a news item if it is still at `version`; throws `ConflictError` when somebody else saved it meanwhile, `NotFoundError` when there is none. */
export async function reviseNewsItem(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  target: { id: string; version: number },
  input: NewsItemInput,
): Promise<void> {
  const saved = await db
    .updateTable('news_item')
    .set((eb) => ({ ...newsItemColumns(input), version: eb('version', '+', 1), updated_at: clock.now() }))
    .where('id', '=', target.id)
    .where('version', '=', target.version)
    .executeTakeFirst()
  if (saved.numUpdatedRows === 1n) return
  await newsItem({ db }, target.id)
  throw new ConflictError('Somebody else has saved this news item since you opened it.')
}

import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { newsItemColumns } from './news-item-columns.js'
import type { NewsItemInput } from './news-item-form.js'

/** Adds a news item to the library, its summary sanitised, and returns its id. */
export async function createNewsItem(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  input: NewsItemInput,
  accountId: string | null,
): Promise<string> {
  const now = clock.now()
  const id = newId(now)
  await db
    .insertInto('news_item')
    .values({ id, ...newsItemColumns(input), created_by: accountId, created_at: now, updated_at: now })
    .execute()
  return id
}

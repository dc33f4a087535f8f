import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { newsItemColumns } from './news-item-columns.js'
import type { NewsItemInput } from './news-item-form.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** Adds a news item to the library, its summary sanitised, and returns its id. */
export async function createNewsItem(
  ctx: Needs,
  input: NewsItemInput,
  accountId: string | null,
): Promise<string> {
  return insertNewsItem(ctx, input, { status: 'accepted', created_by: accountId })
}

/** Lays a news item before the office, its summary sanitised, and returns its id. */
export async function proposeNewsItem(
  ctx: Needs,
  input: NewsItemInput,
  accountId: string | null,
): Promise<string> {
  return insertNewsItem(ctx, input, { status: 'proposed', created_by: accountId })
}

type Origin = { status: 'accepted' | 'proposed'; created_by: string | null }

async function insertNewsItem({ db, clock }: Needs, input: NewsItemInput, origin: Origin): Promise<string> {
  const now = clock.now()
  const id = newId(now)
  const source = input.sourceUrl ? 'link' : 'manual'
  const source_url = input.sourceUrl ?? ''
  await db
    .insertInto('news_item')
    .values({
      id,
      ...newsItemColumns(input),
      ...origin,
      source,
      source_url,
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

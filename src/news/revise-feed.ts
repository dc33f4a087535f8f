import type { Context } from '../context.js'
import { InvalidError, NotFoundError } from '../errors.js'
import type { FeedInput } from './feed-form.js'

/** Saves what can be changed of a feed; a new address is read from the start. Throws `InvalidError` for one that is taken. */
export async function reviseFeed(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  id: string,
  { isActive, ...input }: FeedInput,
): Promise<void> {
  const present = await db.selectFrom('feed').select('url').where('id', '=', id).executeTakeFirst()
  if (!present) throw new NotFoundError('There is no such feed.')
  const others = db.selectFrom('feed').select('id').where('url', '=', input.url).where('id', '!=', id)
  if (await others.executeTakeFirst()) throw new InvalidError({ url: 'This feed is in the list already.' })
  const isMoved = present.url !== input.url
  await db
    .updateTable('feed')
    .set({ ...input, is_active: isActive })
    .$if(isMoved, (update) =>
      update.set({ etag: null, last_modified: null, failures: 0, next_check_at: clock.now() }),
    )
    .where('id', '=', id)
    .execute()
}

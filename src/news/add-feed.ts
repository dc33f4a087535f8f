import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { isFetchError } from '../fetching/fetch-errors.js'
import type { NewFeedInput } from './feed-form.js'
import { fetchFeed } from './fetch-feed.js'
import { type ReadFeed, readFeed } from './read-feed.js'
import { readPageFacts } from './read-page-facts.js'

type Needs = Pick<Context, 'db' | 'clock' | 'web'>
type Found = { url: string; feed: ReadFeed }

/**
 * Adds a feed of a region, named as it names itself and due at once, and returns its id. The address may be that of a page that
 * names its feed. Throws `InvalidError` at `url` when there is no feed, when it cannot be read, or when it is known already.
 */
export async function addFeed(
  ctx: Needs,
  { url, region }: NewFeedInput,
  accountId: string | null,
): Promise<string> {
  const found = await findFeed(ctx, url)
  const now = ctx.clock.now()
  const added = await ctx.db
    .insertInto('feed')
    .values({
      id: newId(now),
      url: found.url,
      title: found.feed.title.slice(0, 200) || new URL(found.url).hostname,
      region,
      language: found.feed.language || 'en',
      etag: null,
      last_modified: null,
      checked_at: null,
      next_check_at: now,
      created_by: accountId,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('url').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) throw new InvalidError({ url: 'This feed is in the list already.' })
  return added.id
}

/** The feed at an address, or the first that the page there names; throws `InvalidError` at `url`. */
async function findFeed(ctx: Needs, url: string): Promise<Found> {
  try {
    const page = await fetchFeed(ctx, url)
    const feed = readFeed(page.text, page.url)
    if (feed) return { url: page.url, feed }
    const [named] = readPageFacts(page.text, page.url).feeds
    const other = named ? await fetchFeed(ctx, named) : null
    const otherFeed = other ? readFeed(other.text, other.url) : null
    if (other && otherFeed) return { url: other.url, feed: otherFeed }
  } catch (error) {
    if (isFetchError(error)) throw new InvalidError({ url: error.message })
    throw error
  }
  throw new InvalidError({ url: 'There is no RSS or Atom feed at this address.' })
}

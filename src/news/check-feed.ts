import type { Updateable } from 'kysely'
import type { Feed, FeedTable } from '../../db/tables/feed.js'
import type { Context } from '../context.js'
import { isFetchError } from '../fetching/fetch-errors.js'
import { fetchFeed } from './fetch-feed.js'
import { type Imported, proposeEntries } from './propose-entries.js'
import { readFeed } from './read-feed.js'

const HOUR_MS = 3_600_000
/** The longest rest of a feed that keeps failing. */
const LONGEST_REST_MS = 24 * HOUR_MS
/** For how long a check keeps others away; a crash costs no more than this. */
const LEASE_MS = 10 * 60_000

type Needs = Pick<Context, 'db' | 'clock' | 'web'>

/**
 * Asks a feed that is due for its news and proposes what is new; what came of it stands in its row, in words. A feed that fails is
 * asked less and less often, once a day in the end. A feed that is not due, or rests, is left alone.
 */
export async function checkFeed(ctx: Needs, feedId: string): Promise<void> {
  const feed = await claimFeed(ctx, feedId)
  if (!feed) return
  const found = await readNews(ctx, feed)
  const failures = found.isGood ? 0 : feed.failures + 1
  const rest = Math.min(HOUR_MS * 2 ** failures, LONGEST_REST_MS)
  const now = ctx.clock.now()
  await ctx.db
    .updateTable('feed')
    .set({
      ...found.changes,
      outcome: found.outcome,
      failures,
      checked_at: now,
      next_check_at: new Date(now.getTime() + rest),
    })
    .where('id', '=', feedId)
    .where('url', '=', feed.url)
    .execute()
}

async function claimFeed({ db, clock }: Needs, feedId: string): Promise<Feed | undefined> {
  const now = clock.now()
  return db
    .updateTable('feed')
    .set({ next_check_at: new Date(now.getTime() + LEASE_MS) })
    .where('id', '=', feedId)
    .where('is_active', '=', true)
    .where('next_check_at', '<=', now)
    .returningAll()
    .executeTakeFirst()
}

type Found = { isGood: boolean; outcome: string; changes: Updateable<FeedTable> }

async function readNews(ctx: Needs, feed: Feed): Promise<Found> {
  try {
    const page = await fetchFeed(ctx, feed.url, feed)
    if (page.isUnchanged) return { isGood: true, outcome: 'Nothing new.', changes: {} }
    const read = readFeed(page.text, page.url)
    if (!read) return { isGood: false, outcome: 'There is no feed at this address any more.', changes: {} }
    const imported = await proposeEntries(ctx, feed, read)
    const changes = { etag: page.etag, last_modified: page.lastModified }
    return { isGood: true, outcome: inWords(imported), changes }
  } catch (error) {
    if (!isFetchError(error)) throw error
    return { isGood: false, outcome: error.message, changes: {} }
  }
}

function inWords({ added, unreadable }: Imported): string {
  const news = added === 0 ? 'Nothing new.' : `${added} new ${added === 1 ? 'proposal' : 'proposals'}.`
  if (unreadable === 0) return news
  return `${news} ${unreadable} ${unreadable === 1 ? 'entry' : 'entries'} could not be read.`
}

import type { Feed } from '../../db/tables/feed.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { knownEntries } from './known-entries.js'
import { newsItemColumns } from './news-item-columns.js'
import { NewsItemForm } from './news-item-form.js'
import type { FeedEntry, ReadFeed } from './read-feed.js'

/** Most entries that one check takes, the newest first, so that a new feed does not bury the others. */
const MOST_ENTRIES = 50
const OLDEST_DAYS = 90
const DAY_MS = 24 * 3_600_000

export type Imported = { added: number; unreadable: number }
type Needs = Pick<Context, 'db' | 'clock'>

/** Lays what is new in a feed before the office: nothing that is known already, nothing older than three months. */
export async function proposeEntries(ctx: Needs, feed: Feed, read: ReadFeed): Promise<Imported> {
  const today = dayOf(ctx.clock.now())
  const oldest = dayOf(new Date(ctx.clock.now().getTime() - OLDEST_DAYS * DAY_MS))
  const fresh = read.entries
    .map((entry) => ({ ...entry, publishedOn: dayWithin(entry.publishedOn, today) }))
    .filter(({ publishedOn }) => publishedOn >= oldest)
    .sort((a, b) => b.publishedOn.localeCompare(a.publishedOn))
    .slice(0, MOST_ENTRIES)
  const isKnown = await knownEntries(ctx.db, feed.id, fresh)
  let [added, unreadable] = [0, read.unreadable]
  for (const entry of fresh.filter((one) => !isKnown(one))) {
    const outcome = await proposeEntry(ctx, feed, entry)
    if (outcome === 'added') added++
    if (outcome === 'unreadable') unreadable++
  }
  return { added, unreadable }
}

async function proposeEntry({ db, clock }: Needs, feed: Feed, entry: FeedEntry) {
  const input = NewsItemForm.safeParse({
    ...entry,
    region: feed.region,
    language: entry.language || feed.language,
  })
  if (!input.success) return 'unreadable'
  const now = clock.now()
  const inserted = await db
    .insertInto('news_item')
    .values({
      id: newId(now),
      ...newsItemColumns(input.data),
      status: 'proposed',
      source: 'feed',
      feed_id: feed.id,
      source_key: entry.key,
      source_url: entry.url,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.columns(['feed_id', 'source_key']).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n ? 'added' : 'known'
}

// What announces a day to come is news from today; what names no day, too.
function dayWithin(day: string, today: string): string {
  return day === '' || day > today ? today : day
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}

import type { DatabaseOrTx } from '../../db/database.js'
import { linkKey } from './link-key.js'
import type { FeedEntry } from './read-feed.js'

/**
 * Tells which entries of a feed are news items already, whatever became of them and whoever brought them: by the feed's own key,
 * by the link without its tracking, by title and day. The first of several equal entries counts as new, the rest as known.
 */
export async function knownEntries(
  db: DatabaseOrTx,
  feedId: string,
  entries: readonly FeedEntry[],
): Promise<(entry: FeedEntry) => boolean> {
  const seen = entries.length > 0 ? await seenBefore(db, feedId, entries) : new Set<string>()
  return (entry) => {
    const signs = signsOf(entry)
    const isKnown = signs.some((sign) => seen.has(sign))
    for (const sign of signs) seen.add(sign)
    return isKnown
  }
}

function signsOf({ key, url, title, publishedOn }: FeedEntry): string[] {
  const link = linkKey(url)
  return [`key ${key}`, `day ${publishedOn} ${title.toLowerCase()}`, ...(link ? [`link ${link}`] : [])]
}

async function seenBefore(db: DatabaseOrTx, feedId: string, entries: readonly FeedEntry[]) {
  const links = entries.map(({ url }) => linkKey(url)).filter(Boolean)
  const days = [...new Set(entries.map(({ publishedOn }) => publishedOn))]
  const rows = await db
    .selectFrom('news_item')
    .select(['feed_id', 'source_key', 'link_key', 'source_url', 'title', 'published_on'])
    .where((eb) =>
      eb.or([
        eb.and([
          eb('feed_id', '=', feedId),
          eb(
            'source_key',
            'in',
            entries.map(({ key }) => key),
          ),
        ]),
        ...(links.length > 0 ? [eb('link_key', 'in', links)] : []),
        eb('published_on', 'in', days),
      ]),
    )
    .execute()
  return new Set(
    rows.flatMap((row) => [
      ...(row.feed_id === feedId && row.source_key ? [`key ${row.source_key}`] : []),
      ...(row.link_key ? [`link ${row.link_key}`] : []),
      ...(row.source_url ? [`link ${linkKey(row.source_url)}`] : []),
      `day ${row.published_on} ${row.title.toLowerCase()}`,
    ]),
  )
}

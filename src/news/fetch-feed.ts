import type { Context } from '../context.js'
import { type FetchedPage, fetchPage } from '../fetching/fetch-page.js'

const FEED = {
  maxBytes: 1_000_000,
  timeoutMs: 15_000,
  // Many servers call a feed plain XML, text or even a page.
  accept: [
    'application/rss+xml',
    'application/atom+xml',
    'application/rdf+xml',
    'application/feed+json',
    'application/xml',
    'text/xml',
    'application/json',
    'text/plain',
    'text/html',
  ],
}

type Known = { etag: string | null; last_modified: string | null }

/** Fetches a feed, unless its site says that it is the one we know; throws `FetchRefusedError` or `FetchFailedError`. */
export async function fetchFeed(ctx: Pick<Context, 'web'>, url: string, known?: Known): Promise<FetchedPage> {
  const asked = known ? { known: { etag: known.etag, lastModified: known.last_modified } } : {}
  return fetchPage(ctx, url, { ...FEED, ...asked })
}

import type { Context } from '../context.js'
import { fetchPage } from '../fetching/fetch-page.js'
import { type PageFacts, readPageFacts } from './read-page-facts.js'

const PAGE = {
  maxBytes: 2_000_000,
  timeoutMs: 10_000,
  accept: ['text/html', 'application/xhtml+xml'],
}

/** Opens a link and reads what its page says of itself; throws `FetchRefusedError` or `FetchFailedError` with a sentence for people. */
export async function readLink(ctx: Pick<Context, 'web'>, link: string): Promise<PageFacts> {
  const { text, url } = await fetchPage(ctx, link, PAGE)
  return readPageFacts(text, url)
}

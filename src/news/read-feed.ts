import { parseFeed } from 'feedsmith'
import { dayOf, harmless, languageOf, plainText, webLink } from './clean-facts.js'
import { entriesOf, type RawEntry } from './feed-entries.js'
import { linkKey } from './link-key.js'
import { summaryOf } from './summary-of.js'

/** One entry of a feed, cleaned and bounded as our forms want it. */
export type FeedEntry = {
  /** What tells it from the others of its feed: its own id, else its link, else its title and day. */
  key: string
  title: string
  summaryHtml: string
  url: string
  imageUrl: string
  language: string
  /** A calendar day, or empty. */
  publishedOn: string
}
export type ReadFeed = { title: string; language: string; entries: FeedEntry[]; unreadable: number }

const LONGEST_TITLE = 300
const LONGEST_KEY = 500
const MOST_ENTRIES = 500

/** Reads an RSS, Atom, RDF or JSON feed found at `url`, leaving out entries that cannot be read; null for what is no feed at all. */
export function readFeed(text: string, url: string): ReadFeed | null {
  const feed = parsed(text)
  if (!feed) return null
  const base = webLink(feed.link, url) || url
  const raw = feed.entries.slice(0, MOST_ENTRIES)
  const entries = raw.map((entry) => readEntry(entry, base)).filter((entry) => entry !== null)
  return {
    title: plainText(feed.title, LONGEST_TITLE),
    language: languageOf(feed.language),
    entries,
    unreadable: raw.length - entries.length,
  }
}

function parsed(text: string) {
  try {
    return entriesOf(parseFeed(text))
  } catch {
    return null
  }
}

function readEntry(raw: RawEntry, base: string): FeedEntry | null {
  try {
    const words = plainText(raw.summary, LONGEST_TITLE / 3)
    const title = harmless(plainText(raw.title, LONGEST_TITLE) || words)
    const url = webLink(raw.link, base)
    const publishedOn = dayOf(raw.published)
    if (!title) return null
    return {
      key: (raw.id?.trim() || linkKey(url) || `${publishedOn} ${title}`).slice(0, LONGEST_KEY),
      title,
      summaryHtml: raw.title ? summaryOf(raw.summary ?? '') : '',
      url,
      imageUrl: webLink(raw.image, base),
      language: languageOf(raw.language),
      publishedOn,
    }
  } catch {
    // One entry that nobody foresaw must not cost the others.
    return null
  }
}

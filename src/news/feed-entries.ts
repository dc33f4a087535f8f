import type { parseFeed } from 'feedsmith'

/** An entry of any kind of feed, as it is written there. */
export type RawEntry = {
  id?: string | undefined
  title?: string | undefined
  /** HTML or plain text. */
  summary?: string | undefined
  link?: string | undefined
  image?: string | undefined
  language?: string | undefined
  published?: string | undefined
}
export type RawFeed = {
  title?: string | undefined
  link?: string | undefined
  language?: string | undefined
  entries: RawEntry[]
}

type Parsed = ReturnType<typeof parseFeed<string>>
type Of<F extends Parsed['format']> = Extract<Parsed, { format: F }>['feed']

/** The entries of a parsed feed in one form. */
export function entriesOf(parsed: Parsed): RawFeed {
  switch (parsed.format) {
    case 'rss':
      return ofRss(parsed.feed)
    case 'rdf':
      return ofRdf(parsed.feed)
    case 'atom':
      return ofAtom(parsed.feed)
    case 'json':
      return ofJson(parsed.feed)
  }
}

function ofRss(feed: Of<'rss'>): RawFeed {
  const { title, link, language, items = [] } = feed
  const entries = items.map((item) => ({
    id: item.guid?.value,
    title: item.title,
    summary: item.description || item.content?.encoded,
    // A guid is a link unless it says that it is none.
    link: item.link || (item.guid?.isPermaLink === false ? undefined : item.guid?.value),
    image: pictureOf(item) ?? firstPicture(item.content?.encoded ?? item.description),
    language: item.dc?.languages?.[0],
    published: item.pubDate ?? item.dc?.dates?.[0],
  }))
  return { title, link, language, entries }
}

function ofRdf(feed: Of<'rdf'>): RawFeed {
  const { title, link, items = [] } = feed
  const entries = items.map((item) => ({
    id: item.rdf?.about,
    title: item.title,
    summary: item.description || item.content?.encoded,
    link: item.link,
    image: firstPicture(item.content?.encoded ?? item.description),
    published: item.dc?.dates?.[0],
  }))
  return { title, link, language: feed.dc?.languages?.[0], entries }
}

function ofAtom(feed: Of<'atom'>): RawFeed {
  const { title, links, entries = [], xml } = feed
  return {
    title: title?.value,
    link: mainLink(links),
    language: xml?.lang,
    entries: entries.map((entry) => ({
      id: entry.id,
      title: entry.title?.value,
      summary: entry.summary?.value || entry.content?.value,
      link: mainLink(entry.links),
      image:
        entry.links?.find(({ rel, type }) => rel === 'enclosure' && type?.startsWith('image/'))?.href ??
        pictureOf({ media: entry.media }) ??
        firstPicture(entry.content?.value ?? entry.summary?.value),
      language: entry.xml?.lang,
      published: entry.published ?? entry.updated,
    })),
  }
}

function ofJson(feed: Of<'json'>): RawFeed {
  const { title, home_page_url, language, items = [] } = feed
  const entries = items.map((item) => ({
    id: item.id,
    title: item.title,
    summary: item.summary || item.content_html || item.content_text,
    link: item.url,
    image: item.image ?? item.banner_image ?? firstPicture(item.content_html),
    language: item.language,
    published: item.date_published,
  }))
  return { title, link: home_page_url, language, entries }
}

type Link = { href?: string | undefined; rel?: string | undefined }

function mainLink(links: readonly Link[] | undefined): string | undefined {
  return (links?.find(({ rel }) => rel === 'alternate') ?? links?.find(({ rel }) => !rel))?.href
}

type WithPictures = {
  enclosures?: readonly { url?: string | undefined; type?: string | undefined }[] | undefined
  media?:
    | {
        contents?: readonly {
          url?: string | undefined
          medium?: string | undefined
          type?: string | undefined
        }[]
        thumbnails?: readonly { url?: string | undefined }[]
      }
    | undefined
}

function pictureOf({ enclosures, media }: WithPictures): string | undefined {
  const isPicture = (file: { medium?: string | undefined; type?: string | undefined }) =>
    file.medium === 'image' || file.type?.startsWith('image/')
  return (
    enclosures?.find(isPicture)?.url ?? media?.contents?.find(isPicture)?.url ?? media?.thumbnails?.[0]?.url
  )
}

const PICTURE = /<img\s[^<>]*?\bsrc\s*=\s*["']([^"'<>]{1,2000})["']/i
const LOOKED_AT = 20_000

function firstPicture(html: string | undefined): string | undefined {
  return PICTURE.exec((html ?? '').slice(0, LOOKED_AT))?.[1]?.replace(/&amp;/g, '&')
}

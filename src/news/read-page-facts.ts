import { Parser } from 'htmlparser2'
import { chosenFacts } from './chosen-facts.js'
import { dataOf } from './linked-data.js'

/** What a page says of itself, resolved, cleaned and bounded; an empty text is what it does not say. */
export type PageFacts = {
  title: string
  /** Plain text. */
  summary: string
  /** Where the page says it lives, else where it was found. */
  url: string
  imageUrl: string
  imageAlt: string
  language: string
  /** A calendar day, such as 2026-03-02. */
  publishedOn: string
  site: string
  /** Feeds that the page names. */
  feeds: string[]
}

/** What is written in a page, before anything is chosen: the first value of each name. */
export type WrittenFacts = {
  base: string | null
  language: string | null
  title: string
  heading: string
  metas: ReadonlyMap<string, string>
  links: ReadonlyMap<string, string>
  feeds: readonly string[]
  times: readonly string[]
  data: ReturnType<typeof dataOf>
}

const LONGEST_TEXT = 10_000
const LONGEST_DATA = 200_000
const MOST_FEEDS = 5
const DEEPEST = 1000
const STEP = 8192
const FEED_TYPE = /^application\/(rss|atom|feed)\+(xml|json)$/i

/** Reads what a page says of itself: Open Graph, Twitter card, JSON-LD and its head; `url` is where it was found. Never fails. */
export function readPageFacts(html: string, url: string): PageFacts {
  return chosenFacts(writtenFacts(html), url)
}

function writtenFacts(html: string): WrittenFacts {
  const found = { base: null as string | null, language: null as string | null, title: '', heading: '' }
  const [metas, links] = [new Map<string, string>(), new Map<string, string>()]
  const [feeds, times, scripts]: string[][] = [[], [], []]
  let within: 'title' | 'heading' | 'script' | null = null
  let script = ''
  let depth = 0
  const parser = new Parser({
    onopentag: (name, attributes) => {
      depth++
      if (name === 'html') found.language ??= attributes['lang'] ?? attributes['xml:lang'] ?? null
      if (name === 'base') found.base ??= attributes['href'] ?? null
      if (name === 'meta') noteMeta(metas, attributes)
      if (name === 'link') noteLink(attributes, { links, feeds: feeds ?? [] })
      if (name === 'time' && attributes['datetime']) times?.push(attributes['datetime'])
      if (name === 'title' && !found.title) within = 'title'
      if (name === 'h1' && !found.heading) within = 'heading'
      if (name === 'script' && /^application\/ld\+json/i.test(attributes['type'] ?? '')) within = 'script'
    },
    ontext: (text) => {
      if (within === 'script' && script.length < LONGEST_DATA) script += text
      else if (within && within !== 'script' && found[within].length < LONGEST_TEXT) found[within] += text
    },
    onclosetag: (name) => {
      depth--
      if (name === 'script' && within === 'script') scripts?.push(script)
      if (name === 'script') script = ''
      if ((name === 'h1' && within === 'heading') || name === 'title' || name === 'script') within = null
    },
  })
  // The parser takes longer for each tag the deeper it is: a page of nothing but open tags would hold us for minutes.
  for (let at = 0; at < html.length && depth < DEEPEST; at += STEP) parser.write(html.slice(at, at + STEP))
  parser.end()
  return { ...found, metas, links, feeds: feeds ?? [], times: times ?? [], data: dataOf(scripts ?? []) }
}

type Attributes = Readonly<Record<string, string>>

function noteMeta(metas: Map<string, string>, attributes: Attributes): void {
  const name = (attributes['property'] ?? attributes['name'] ?? attributes['itemprop'] ?? '').toLowerCase()
  const content = (attributes['content'] ?? '').slice(0, LONGEST_TEXT).trim()
  if (name && content && !metas.has(name)) metas.set(name, content)
}

function noteLink(attributes: Attributes, found: { links: Map<string, string>; feeds: string[] }): void {
  const { rel = '', href = '', type = '' } = attributes
  const names = rel.toLowerCase().split(/\s+/)
  for (const name of names) if (href && !found.links.has(name)) found.links.set(name, href)
  if (names.includes('alternate') && FEED_TYPE.test(type) && href && found.feeds.length < MOST_FEEDS)
    found.feeds.push(href)
}

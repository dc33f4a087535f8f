import type { Request, Response } from 'express'
import { generateJsonFeed, generateRssFeed } from 'feedsmith'
import type { Context } from '../../../context.js'
import { type PublicIssue, publicIssues } from '../../../issues/archive/public-issues.js'
import { publicTexts } from '../../../issues/archive/public-texts.js'
import { organisation } from '../../../issues/organisation.js'
import { archivePath, issuePath } from './archive-paths.js'
import { readArchiveQuery } from './archive-query.js'
import { textToHtml } from './text-to-html.js'

type Needs = Pick<Context, 'db' | 'config'>

/** What no XML document may hold, also not escaped (XML 1.0, 2.2). */
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** `/archive/feed.xml`: RSS 2.0 with the whole text of each issue; further pages by Atom's link (RFC 5005). */
export async function sendRssFeed(ctx: Needs, req: Request, res: Response): Promise<void> {
  const feed = await readFeed(ctx, req, '/archive/feed.xml')
  const links = [
    { href: feed.url, rel: 'self', type: 'application/rss+xml' },
    ...(feed.nextUrl ? [{ href: feed.nextUrl, rel: 'next', type: 'application/rss+xml' }] : []),
  ]
  const xml = generateRssFeed({
    title: feed.title,
    link: feed.homeUrl,
    description: feed.description,
    language: feed.language,
    ...(feed.changedAt ? { lastBuildDate: feed.changedAt } : {}),
    generator: 'Carillon',
    ttl: 60,
    atom: { links },
    items: feed.items.map(({ url, headline, summary, html, releasedAt }) => ({
      title: headline,
      link: url,
      guid: { value: url, isPermaLink: true },
      pubDate: releasedAt,
      description: summary,
      content: { encoded: html },
    })),
  })
  sendFeed(res, 'application/rss+xml', xml.toWellFormed().replace(NOT_IN_XML, ''))
}

/** `/archive/feed.json`: the same as JSON Feed 1.1. */
export async function sendJsonFeed(ctx: Needs, req: Request, res: Response): Promise<void> {
  const feed = await readFeed(ctx, req, '/archive/feed.json')
  const json = generateJsonFeed({
    title: feed.title,
    home_page_url: feed.homeUrl,
    feed_url: feed.url,
    description: feed.description,
    language: feed.language,
    ...(feed.nextUrl ? { next_url: feed.nextUrl } : {}),
    ...(feed.sender ? { authors: [{ name: feed.sender }] } : {}),
    items: feed.items.map(({ url, headline, summary, html, text, releasedAt, picture, language }) => ({
      id: url,
      url,
      title: headline,
      content_html: html,
      content_text: text,
      ...(summary ? { summary } : {}),
      ...(picture ? { image: picture.url } : {}),
      date_published: releasedAt,
      language,
    })),
  })
  // The generator leaves out an empty list, which the format demands.
  sendFeed(res, 'application/feed+json', JSON.stringify({ items: [], ...(json as object) }))
}

async function readFeed(ctx: Needs, req: Request, base: string) {
  const { publicUrl } = ctx.config
  const { query, list, filter } = await readArchiveQuery(ctx, req)
  const [found, { name: sender }] = await Promise.all([publicIssues(ctx, filter), organisation(ctx)])
  const texts = await publicTexts(ctx, found.issues)
  const name = list?.name ?? 'Newsletters'
  const at = (page: number) => publicUrl + archivePath({ ...query, page }, base)
  return {
    title: sender ? `${name} · ${sender}` : name,
    sender,
    description: list?.description || `Newsletters${sender ? ` of ${sender}` : ''} to read on the web.`,
    language: languageOf(found.issues),
    homeUrl: publicUrl + archivePath({ list: query.list }),
    url: at(found.page),
    nextUrl: found.page < found.pages ? at(found.page + 1) : null,
    changedAt: found.issues[0]?.releasedAt ?? null,
    items: found.issues.map((issue) => itemOf(issue, texts.get(issue.id) ?? '', publicUrl)),
  }
}

function itemOf(issue: PublicIssue, text: string, publicUrl: string) {
  return {
    ...issue,
    url: publicUrl + issuePath(issue),
    text,
    html: textToHtml(text) || textToHtml(issue.summary),
  }
}

/** The language of the latest issue stands for the feed; each item of the JSON feed names its own. */
function languageOf(issues: readonly PublicIssue[]): string {
  return issues[0]?.language ?? 'en'
}

// Feeds are read by programs and by pages of other sites.
function sendFeed(res: Response, type: string, body: string): void {
  res.set({
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  })
  res.type(type).send(body)
}

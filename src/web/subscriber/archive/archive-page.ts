import type { Request, Response } from 'express'
import { publicLists } from '../../../audience/lists.js'
import type { Context } from '../../../context.js'
import { type PublicIssue, publicIssues } from '../../../issues/archive/public-issues.js'
import { longDate } from '../../../issues/long-date.js'
import { organisation } from '../../../issues/organisation.js'
import { directionOf } from '../../../rendering/direction.js'
import { archivePath, issuePath } from './archive-paths.js'
import { type Asked, readArchiveQuery } from './archive-query.js'

/** Renders `/archive`: issues by year, searched, of one list. */
export async function showArchive(
  ctx: Pick<Context, 'db' | 'config'>,
  req: Request,
  res: Response,
): Promise<void> {
  const asked = await readArchiveQuery(ctx, req)
  const { publicUrl } = ctx.config
  const [found, sender, joinable] = await Promise.all([
    publicIssues(ctx, asked.filter),
    organisation(ctx),
    publicLists(ctx),
  ])
  const { query, list } = asked
  const own = { year: query.year, list: query.list }
  const title = list ? `Past issues of ${list.name}` : 'Past issues'
  res.render('archive/archive', {
    layout: 'archive',
    title,
    sender: sender.name,
    description:
      list?.description || `Newsletters${sender.name ? ` of ${sender.name}` : ''} to read on the web.`,
    canonical: publicUrl + archivePath({ ...own, page: query.page }),
    isUnlisted: query.q !== '',
    feeds: feedLinks(list?.slug ?? null, publicUrl),
    ...pagesOf(query, found),
    mayJoin: joinable.length > 0,
    query,
    total: found.total,
    isNarrowed: query.q !== '' || query.year !== null,
    allPath: archivePath({ list: query.list }),
    years: byYear(found.issues, publicUrl),
    choices: choicesOf(asked),
  })
}

/** Where programs find the feeds of the archive, or of one list. */
export function feedLinks(list: string | null, publicUrl = '') {
  return {
    rss: publicUrl + archivePath({ list }, '/archive/feed.xml'),
    json: publicUrl + archivePath({ list }, '/archive/feed.json'),
  }
}

function pagesOf(query: Asked['query'], { page, pages }: { page: number; pages: number }) {
  const at = (number: number) => archivePath({ ...query, page: number })
  return {
    page,
    pages,
    newerPath: page > 1 ? at(Math.min(page - 1, pages)) : null,
    olderPath: page < pages ? at(page + 1) : null,
    hasPages: pages > 1,
  }
}

function byYear(issues: readonly PublicIssue[], publicUrl: string) {
  const years = new Map<number, ReturnType<typeof issueView>[]>()
  for (const issue of issues) {
    const year = issue.releasedAt.getUTCFullYear()
    years.set(year, [...(years.get(year) ?? []), issueView(issue, publicUrl)])
  }
  return [...years].map(([year, found]) => ({ year, issues: found }))
}

function issueView(issue: PublicIssue, publicUrl: string) {
  const { headline, summary, language, picture, releasedAt } = issue
  // Pictures of other sites would tell them who looks at this page.
  const isOurs = picture?.url.startsWith(`${publicUrl}/`) ?? false
  return {
    headline,
    summary,
    language,
    direction: directionOf(language),
    path: issuePath(issue),
    picture: isOurs ? picture : null,
    moment: releasedAt.toISOString(),
    date: longDate('en-GB', releasedAt),
  }
}

function choicesOf({ query, index }: Asked) {
  const all = { label: 'All newsletters', path: archivePath({ year: query.year }), isCurrent: !query.list }
  const lists = index.lists.map(({ slug, name }) => ({
    label: name,
    path: archivePath({ list: slug, year: query.year }),
    isCurrent: query.list === slug,
  }))
  const anyYear = {
    label: 'All years',
    path: archivePath({ list: query.list }),
    isCurrent: query.year === null,
  }
  const years = index.years.map(({ year }) => ({
    label: String(year),
    path: archivePath({ list: query.list, year }),
    isCurrent: query.year === year,
  }))
  return {
    lists: lists.length > 1 || query.list ? [all, ...lists] : [],
    years: years.length > 1 || query.year !== null ? [anyYear, ...years] : [],
  }
}

import type { Request, Response } from 'express'
import type { Context } from '../../../context.js'
import { newsCounts } from '../../../news/news-counts.js'
import { type NewsPage, searchNews } from '../../../news/search-news.js'
import { todayIn } from '../../local-time.js'
import { accountOf } from '../../middleware/sessions.js'
import { renderPage } from '../../page.js'
import { deskOptions } from './desk-options.js'
import { DeskQuery, deskPath, filterOf, isFiltered, MORE_FIELDS } from './desk-query.js'
import { newsCard } from './news-card.js'
import { isOffice, regionOf } from './scope.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config'>

/** How many proposals stand on top of the desk; the rest is one click away. */
const INBOX_LENGTH = 5

/** Renders the news desk: for the office the proposals that wait and the library, for a partner what became of its region's news. */
export async function showDesk(
  ctx: Needs,
  req: Request,
  res: Response,
  { problem, link }: { problem?: string; link?: string } = {},
): Promise<void> {
  const region = regionOf(res)
  const query = DeskQuery.parse(req.query)
  if (region !== undefined) Object.assign(query, { region, owner: '', issue: '' })
  else if (query.status === '') query.status = 'accepted'
  const today = todayIn(accountOf(res).timeZone, ctx.clock.now())
  const looks = { today, publicUrl: ctx.config.publicUrl }
  const hasInbox = region === undefined && query.status === 'accepted'
  const [found, inbox, counts, options] = await Promise.all([
    searchNews(ctx, { ...filterOf(query, today), page: query.page }),
    hasInbox ? searchNews(ctx, { status: 'proposed', limit: INBOX_LENGTH }) : null,
    newsCounts(ctx, region),
    deskOptions(ctx),
  ])
  const own = region === undefined ? query : { ...query, region: '' }
  if (req.get('HX-Request')) res.set('HX-Push-Url', deskPath(own))
  renderPage(res, 'coordinator/news/desk', {
    title: 'News desk',
    lead: region ? `News of ${region}, and what becomes of it.` : 'What issues are made of.',
    isOffice: isOffice(res),
    region,
    query,
    problem,
    link,
    more: MORE_FIELDS.some((name) => query[name] !== ''),
    isFiltered: isFiltered(own),
    clearPath: deskPath({ status: own.status }),
    tabs: tabsOf(own, counts, region !== undefined),
    options,
    inbox: inbox ? { total: inbox.total, cards: inbox.items.map((item) => newsCard(item, looks)) } : null,
    isInbox: isOffice(res) && query.status === 'proposed',
    total: found.total,
    cards: found.items.map((item) => newsCard(item, looks)),
    ...pagesOf(found, own),
  })
}

function tabsOf(query: DeskQuery, counts: Awaited<ReturnType<typeof newsCounts>>, isPartner: boolean) {
  const { proposed, accepted, rejected } = counts
  const all = { status: '' as const, label: 'All', count: proposed + accepted + rejected }
  const tabs = [
    ...(isPartner ? [all] : []),
    { status: 'accepted' as const, label: isPartner ? 'Accepted' : 'Library', count: accepted },
    { status: 'proposed' as const, label: isPartner ? 'Waiting' : 'Proposals', count: proposed },
    { status: 'rejected' as const, label: 'Rejected', count: rejected },
    ...(isPartner ? [] : [{ status: 'archived' as const, label: 'Archive', count: null }]),
  ]
  const order = isPartner ? [0, 2, 1, 3] : [0, 1, 2, 3]
  return order.flatMap((at) => {
    const tab = tabs[at]
    if (!tab) return []
    return [
      {
        ...tab,
        isCurrent: tab.status === query.status,
        href: deskPath({ ...query, status: tab.status, page: 1 }),
      },
    ]
  })
}

function pagesOf({ page, pages }: NewsPage, query: DeskQuery) {
  return {
    page,
    pages,
    hasPages: pages > 1,
    previousPath: page > 1 ? deskPath({ ...query, page: page - 1 }) : null,
    nextPath: page < pages ? deskPath({ ...query, page: page + 1 }) : null,
  }
}

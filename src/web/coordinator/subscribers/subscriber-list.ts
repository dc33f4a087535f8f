import type { Request, Response } from 'express'
import { withinTime } from '../../../../db/within-time.js'
import { listNames } from '../../../audience/list-names.js'
import { searchSubscribers } from '../../../audience/search-subscribers.js'
import { segments } from '../../../audience/segments/segments.js'
import { subscriberCounts } from '../../../audience/subscriber-counts.js'
import { hasWordIndex } from '../../../audience/word-index.js'
import type { Context } from '../../../context.js'
import { renderPage } from '../../page.js'
import { subscriberName } from './subscriber-name.js'
import { filterOf, readSubscriberQuery, subscribersPath } from './subscriber-query.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** Nobody waits longer than this for a search; they are told to narrow it instead. */
const PATIENCE_MS = 5000

const STATUS_OPTIONS = [
  { value: '', label: 'Any' },
  { value: 'confirmed', label: 'Confirmed' },
  { value: 'pending', label: 'Not yet confirmed' },
  { value: 'unsubscribed', label: 'Unsubscribed' },
]

/** Renders one page of the subscribers that a query finds; the counts of everybody are fetched afterwards. */
export async function showSubscribers(ctx: Needs, req: Request, res: Response): Promise<void> {
  const query = readSubscriberQuery(req.query)
  const [filter, lists, known, byWords] = await Promise.all([
    filterOf(ctx, query),
    listNames(ctx),
    segments(ctx),
    hasWordIndex(ctx.db),
  ])
  const found = await withinTime(ctx.db, PATIENCE_MS, (tx) =>
    searchSubscribers({ db: tx }, { ...filter, ...(query.after ? { after: query.after } : {}) }),
  )
  const { after: _after, ...own } = query
  if (req.get('HX-Request')) res.set('HX-Push-Url', subscribersPath(own))
  renderPage(res, 'coordinator/subscribers/list', {
    title: 'Subscribers',
    filter: query,
    isFiltered: Object.values(query).some(Boolean),
    tookTooLong: found === null,
    isPlainSearch: !byWords,
    subscribers: (found?.subscribers ?? []).map((person) => ({ ...person, name: subscriberName(person) })),
    nextPath: found?.next ? subscribersPath({ ...own, after: found.next }) : null,
    exportPath: subscribersPath(own, '/subscribers/export.csv'),
    listOptions: [
      { value: '', label: 'All lists' },
      ...lists.map(({ id, name }) => ({ value: id, label: name })),
    ],
    segmentOptions: [
      { value: '', label: 'Everybody' },
      ...known.map(({ id, name }) => ({ value: id, label: name })),
    ],
    statusOptions: STATUS_OPTIONS,
  })
}

/** Answers with the counts of everybody, a piece of the page. */
export async function showCounts(ctx: Needs, res: Response): Promise<void> {
  const counts = await withinTime(ctx.db, PATIENCE_MS, (tx) => subscriberCounts({ db: tx }))
  res.set('Cache-Control', 'no-store').render('coordinator/subscribers/counts', { layout: false, counts })
}

import { type Request, type Response, Router } from 'express'
import { eraseSubscriber } from '../../audience/erase-subscriber.js'
import { findMentions } from '../../audience/erasure/find-mentions.js'
import { subscriberRecord } from '../../audience/subscriber-record.js'
import type { Context } from '../../context.js'
import { countDeliveries } from '../../operations/find-deliveries.js'
import { retentionPeriods } from '../../operations/retention/save-retention.js'
import { accountOf } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'

/** `/subscribers/:subscriberId/erasure`: what an erasure takes away and what it leaves, then the erasure itself. */
export function erasureRoutes(ctx: Context): Router {
  const router = Router({ mergeParams: true })
  router.get('/', (req, res) => show(ctx, req, res))
  router.post('/', async (req, res) => {
    await eraseSubscriber(ctx, { subscriberId: idOf(req), by: accountOf(res).id })
    res.redirect(303, withNotice('/subscribers', 'erased'))
  })
  return router
}

function idOf(req: Request): string {
  return pathId(req, 'subscriberId')
}

async function show(ctx: Context, req: Request, res: Response): Promise<void> {
  const { subscriber, subscriptions, events, former } = await subscriberRecord(ctx, idOf(req))
  const [deliveries, mentions, periods] = await Promise.all([
    countDeliveries(ctx, subscriber.id),
    findMentions(
      ctx,
      [subscriber, ...former].flatMap(({ email, email_key }) => [email, email_key]),
    ),
    retentionPeriods(ctx),
  ])
  renderPage(res, 'coordinator/subscribers/erasure', {
    title: 'Erase this person?',
    subscriber,
    counts: { subscriptions: subscriptions.length, events: events.length, deliveries },
    mentions: mentions.map(({ kind, id, title }) => ({
      title,
      ...PLACES[kind],
      href: PLACES[kind].path(id),
    })),
    evidenceMonths: periods.evidence_months,
  })
}

const PLACES = {
  issue: { kind: 'Issue', path: (id: string) => `/issues/${id}` },
  news: { kind: 'News item', path: (id: string) => `/news/${id}` },
  template: { kind: 'Template', path: (id: string) => `/templates/${id}` },
  account: { kind: 'Account', path: () => '/settings/accounts' },
} as const

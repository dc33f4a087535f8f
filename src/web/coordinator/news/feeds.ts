import { type Request, type Response, Router } from 'express'
import type { Context } from '../../../context.js'
import { InvalidError } from '../../../errors.js'
import { addFeed } from '../../../news/add-feed.js'
import { checkFeedNow } from '../../../news/check-feeds.js'
import { FeedForm, NewFeedForm } from '../../../news/feed-form.js'
import { feedCalled, feeds } from '../../../news/feeds.js'
import { newsRegions } from '../../../news/news-library.js'
import { removeFeed } from '../../../news/remove-feed.js'
import { reviseFeed } from '../../../news/revise-feed.js'
import { readForm } from '../../form.js'
import { limitRate } from '../../middleware/limit-rate.js'
import { accountOf, requireDuty } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { renderPage } from '../../page.js'
import { pathId } from '../../path-id.js'

type Needs = Pick<Context, 'db' | 'clock' | 'web' | 'keys' | 'queues'>
type Errors = Readonly<Record<string, string>>

const FEEDS = '/news/feeds'
const READINGS = { name: 'read-feed', attempts: 60, seconds: 10 * 60 }

/** `/news/feeds`, for the office: feeds of the regions with what came of their last check; `…/:id` changes one, `…/:id/checks` asks it now. */
export function feedRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (_req, res) => showList(ctx, res, {}))
  router.post('/', limitRate(ctx, READINGS), (req, res) => add(ctx, req, res))
  router.get('/:id', async (req, res) => {
    const feed = await feedCalled(ctx, pathId(req, 'id'))
    await showOne(ctx, req, res, { form: { ...feed, isActive: feed.is_active } })
  })
  router.post('/:id', (req, res) => revise(ctx, req, res))
  router.post('/:id/checks', limitRate(ctx, READINGS), async (req, res) => {
    await checkFeedNow(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice(FEEDS, 'being-checked'))
  })
  router.post('/:id/removal', async (req, res) => {
    await removeFeed(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice(FEEDS, 'feed-removed'))
  })
  return router
}

async function add(ctx: Needs, req: Request, res: Response): Promise<void> {
  try {
    const id = await addFeed(ctx, readForm(NewFeedForm, req.body), accountOf(res).id)
    await checkFeedNow(ctx, id)
    res.redirect(303, withNotice(FEEDS, 'feed-added'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await showList(ctx, res.status(422), { form: req.body, errors: error.issues })
  }
}

async function revise(ctx: Needs, req: Request, res: Response): Promise<void> {
  try {
    await reviseFeed(ctx, pathId(req, 'id'), readForm(FeedForm, req.body))
    res.redirect(303, withNotice(FEEDS, 'saved'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await showOne(ctx, req, res.status(422), { form: req.body, errors: error.issues })
  }
}

async function showList(ctx: Needs, res: Response, view: { form?: object; errors?: Errors }): Promise<void> {
  renderPage(res, 'coordinator/news/feeds', {
    title: 'Feeds',
    feeds: (await feeds(ctx)).map((feed) => ({ ...feed, host: new URL(feed.url).hostname })),
    regions: await newsRegions(ctx),
    form: {},
    errors: {},
    ...view,
  })
}

async function showOne(
  ctx: Needs,
  req: Request,
  res: Response,
  { form, errors = {} }: { form: object; errors?: Errors },
): Promise<void> {
  const feed = await feedCalled(ctx, pathId(req, 'id'))
  const regions = await newsRegions(ctx)
  renderPage(res, 'coordinator/news/feed', { title: feed.title, feed, form, errors, regions })
}

import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../../context.js'
import { ConflictError, InvalidError } from '../../../errors.js'
import { archiveNewsItem, restoreNewsItem } from '../../../news/archive-news-item.js'
import { createNewsItem, proposeNewsItem } from '../../../news/create-news-item.js'
import { newsItem } from '../../../news/news-item.js'
import { reviseNewsItem } from '../../../news/revise-news-item.js'
import { reviseProposal } from '../../../news/revise-proposal.js'
import { readForm } from '../../form.js'
import { todayIn } from '../../local-time.js'
import { accountOf, requireDuty } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { pathId } from '../../path-id.js'
import { decisionRoutes } from './decisions.js'
import { feedRoutes } from './feeds.js'
import { linkRoutes } from './links.js'
import { showDesk } from './news-desk.js'
import { EMPTY, formOf, readNewsItem, showNewsForm } from './news-form.js'
import { isOffice, regionOf } from './scope.js'
import { newsTranslationRoutes } from './translations.js'

type Needs = Pick<Context, 'db' | 'clock' | 'web' | 'keys' | 'queues' | 'config'>

const Version = z.object({ version: z.coerce.number().int().min(1) })

/**
 * `/news`: the news desk; `/news/new` and `/news/:id` the form of a news item, `…/archive` and `…/library` move one out and back.
 * `/news/links` reads a page, `/news/feeds` are the feeds; acceptance, rejection and renewed proposal are in `decisionRoutes`.
 */
export function newsItemRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('submit'))
  router.get('/', (req, res) => showDesk(ctx, req, res))
  router.get('/new', (_req, res) => {
    const publishedOn = todayIn(accountOf(res).timeZone, ctx.clock.now())
    return showNewsForm(ctx, res, { item: null, form: { ...EMPTY, publishedOn } })
  })
  router.post('/', (req, res) => create(ctx, req, res))
  router.use('/links', linkRoutes(ctx))
  router.use('/feeds', feedRoutes(ctx))
  router.use(decisionRoutes(ctx))
  router.get('/:id', async (req, res) => {
    const item = await newsItem(ctx, pathId(req, 'id'), regionOf(res))
    await showNewsForm(ctx, res, { item, form: formOf(item) })
  })
  router.post('/:id', (req, res) => revise(ctx, req, res))
  router.use('/:id/translations', newsTranslationRoutes(ctx))
  router.post('/:id/archive', requireDuty('coordinate'), async (req, res) => {
    await archiveNewsItem(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice('/news', 'archived'))
  })
  router.post('/:id/library', requireDuty('coordinate'), async (req, res) => {
    await restoreNewsItem(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice(`/news/${pathId(req, 'id')}`, 'restored'))
  })
  return router
}

async function create(ctx: Needs, req: Request, res: Response): Promise<void> {
  try {
    const input = await readNewsItem(ctx, req, res)
    const by = accountOf(res).id
    if (isOffice(res))
      return res.redirect(303, withNotice(`/news/${await createNewsItem(ctx, input, by)}`, 'saved'))
    await proposeNewsItem(ctx, input, by)
    res.redirect(303, withNotice('/news', 'proposed'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    const form = { ...EMPTY, ...req.body }
    await showNewsForm(ctx, res.status(422), { item: null, form, errors: error.issues })
  }
}

async function revise(ctx: Needs, req: Request, res: Response): Promise<void> {
  const id = pathId(req, 'id')
  const region = regionOf(res)
  const item = await newsItem(ctx, id, region)
  const form = { ...EMPTY, ...req.body }
  try {
    const { version } = readForm(Version, req.body)
    const input = await readNewsItem(ctx, req, res)
    if (region === undefined) await reviseNewsItem(ctx, { id, version }, input)
    else await reviseProposal(ctx, { id, version, region }, input)
    res.redirect(303, withNotice(`/news/${id}`, item.status === 'rejected' && region ? 'proposed' : 'saved'))
  } catch (error) {
    if (error instanceof InvalidError)
      return showNewsForm(ctx, res.status(422), { item, form, errors: error.issues })
    if (!(error instanceof ConflictError)) throw error
    await showNewsForm(ctx, res.status(409), { item, form, conflict: error.message })
  }
}

import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { NewsItem } from '../../../db/tables/news-item.js'
import type { Context } from '../../context.js'
import { ConflictError, InvalidError } from '../../errors.js'
import { archiveNewsItem, restoreNewsItem } from '../../news/archive-news-item.js'
import { createNewsItem } from '../../news/create-news-item.js'
import { newsItem } from '../../news/news-item.js'
import { NewsItemForm } from '../../news/news-item-form.js'
import { newsLibrary, newsRegions } from '../../news/news-library.js'
import { reviseNewsItem } from '../../news/revise-news-item.js'
import { readForm } from '../form.js'
import { todayIn } from '../local-time.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'

type Needs = Pick<Context, 'db' | 'clock'>

const Filter = z.object({
  q: z.string().max(200).catch(''),
  region: z.string().max(100).catch(''),
  archived: z.literal('yes').optional().catch(undefined),
})
const Version = z.object({ version: z.coerce.number().int().min(1) })

/** `/news`: the library of news items; `/news/new` and `/news/:id` their form, `…/archive` and `…/library` move one out and back. */
export function newsItemRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (req, res) => library(ctx, req, res))
  router.get('/new', (_req, res) => {
    const today = todayIn(accountOf(res).timeZone, ctx.clock.now())
    return showForm(ctx, res, { item: null, form: { ...EMPTY, publishedOn: today } })
  })
  router.post('/', (req, res) => create(ctx, req, res))
  router.get('/:id', async (req, res) => {
    const item = await newsItem(ctx, pathId(req, 'id'))
    await showForm(ctx, res, { item, form: formOf(item) })
  })
  router.post('/:id', (req, res) => revise(ctx, req, res))
  router.post('/:id/archive', async (req, res) => {
    await archiveNewsItem(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice('/news', 'archived'))
  })
  router.post('/:id/library', async (req, res) => {
    await restoreNewsItem(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice(`/news/${pathId(req, 'id')}`, 'restored'))
  })
  return router
}

async function library(ctx: Needs, req: Request, res: Response): Promise<void> {
  const { q, region, archived } = Filter.parse(req.query)
  const [items, regions] = await Promise.all([
    newsLibrary(ctx, { search: q, region, archived: archived === 'yes' }),
    newsRegions(ctx),
  ])
  renderPage(res, 'coordinator/news/library', {
    title: 'News items',
    items: items.map((item) => ({ ...item, summary: wordsOf(item.summary_html) })),
    filter: { q, region, archived },
    isFiltered: Boolean(q || region),
    regions: [{ value: '', label: 'All regions' }, ...regions.map((name) => ({ value: name, label: name }))],
  })
}

async function create(ctx: Needs, req: Request, res: Response): Promise<void> {
  try {
    const id = await createNewsItem(ctx, readForm(NewsItemForm, req.body), accountOf(res).id)
    res.redirect(303, withNotice(`/news/${id}`, 'saved'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await showForm(ctx, res.status(422), {
      item: null,
      form: { ...EMPTY, ...req.body },
      errors: error.issues,
    })
  }
}

async function revise(ctx: Needs, req: Request, res: Response): Promise<void> {
  const id = pathId(req, 'id')
  const item = await newsItem(ctx, id)
  const form = { ...EMPTY, ...req.body }
  try {
    const { version } = readForm(Version, req.body)
    await reviseNewsItem(ctx, { id, version }, readForm(NewsItemForm, req.body))
    res.redirect(303, withNotice(`/news/${id}`, 'saved'))
  } catch (error) {
    if (error instanceof InvalidError)
      return showForm(ctx, res.status(422), { item, form, errors: error.issues })
    if (!(error instanceof ConflictError)) throw error
    await showForm(ctx, res.status(409), { item, form, conflict: error.message })
  }
}

type Form = Record<
  'title' | 'summaryHtml' | 'url' | 'imageUrl' | 'imageAlt' | 'region' | 'language' | 'publishedOn',
  string
>
const EMPTY: Form = {
  title: '',
  summaryHtml: '',
  url: '',
  imageUrl: '',
  imageAlt: '',
  region: '',
  language: 'en',
  publishedOn: '',
}

function formOf(item: NewsItem): Form {
  return {
    title: item.title,
    summaryHtml: item.summary_html,
    url: item.url,
    imageUrl: item.image_url,
    imageAlt: item.image_alt,
    region: item.region,
    language: item.language,
    publishedOn: item.published_on,
  }
}

type Shown = {
  item: NewsItem | null
  form: Form
  errors?: Readonly<Record<string, string>>
  conflict?: string
}

async function showForm(
  ctx: Needs,
  res: Response,
  { item, form, errors = {}, conflict }: Shown,
): Promise<void> {
  renderPage(res, 'coordinator/news/form', {
    title: item ? item.title : 'New news item',
    item,
    form,
    errors,
    conflict,
    regions: await newsRegions(ctx),
  })
}

function wordsOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
}

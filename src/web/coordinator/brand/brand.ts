import { type Request, type Response, Router } from 'express'
import type { Context } from '../../../context.js'
import { InvalidError } from '../../../errors.js'
import { previewBrand } from '../../../issues/brand-preview.js'
import { BrandForm, organisation, saveOrganisation } from '../../../issues/organisation.js'
import { addEuEmblem } from '../../../pictures/add-eu-emblem.js'
import { pictureUrl } from '../../../pictures/picture-name.js'
import { readForm } from '../../form.js'
import { mailPolicy } from '../../mail-policy.js'
import { accountOf, requireDuty } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { renderPage } from '../../page.js'
import { mailAs } from '../mail-looks.js'
import { settingTabs } from '../setting-tabs.js'
import { brandLook, brandPage } from './brand-view.js'
import { previewOf, shownBrand } from './shown-brand.js'

type Needs = Pick<Context, 'db' | 'clock' | 'files' | 'config'>
type Errors = Readonly<Record<string, string>>

/**
 * `/settings/brand`: logo, colours, fonts, footer and funder of every new issue; `…/look` is what the page shows beside its form while
 * somebody changes it, `…/preview` the little newsletter, `…/emblem` takes the emblem of the European Union.
 */
export function brandRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', async (req, res) => show(ctx, req, res, {}))
  router.post('/', (req, res) => save(ctx, req, res))
  router.get('/look', async (req, res) => {
    const brand = shownBrand(await organisation(ctx), req.query)
    const look = await brandLook(ctx, brand, previewOf(req.query))
    res.set('Cache-Control', 'no-store').render('partials/brand-look', { layout: false, look })
  })
  router.get('/preview', (req, res) => preview(ctx, req, res))
  router.post('/emblem', async (_req, res) => {
    const emblem = await addEuEmblem(ctx, accountOf(res).id)
    await saveOrganisation(ctx, { emblem_url: pictureUrl(ctx, emblem), emblem_alt: emblem.alt })
    res.redirect(303, withNotice('/settings/brand', 'saved'))
  })
  return router
}

async function save(ctx: Needs, req: Request, res: Response): Promise<void> {
  try {
    await saveOrganisation(ctx, readForm(BrandForm, req.body))
    res.redirect(303, withNotice('/settings/brand', 'saved'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await show(ctx, req, res.status(422), error.issues)
  }
}

async function show(ctx: Needs, req: Request, res: Response, errors: Errors): Promise<void> {
  const saved = await organisation(ctx)
  const typed = (req.method === 'POST' ? req.body : {}) as Record<string, unknown>
  renderPage(res, 'coordinator/settings/brand', {
    title: 'Settings',
    isWide: true,
    form: { ...saved, ...typed },
    errors,
    tabs: settingTabs(res, '/settings/brand'),
    ...(await brandPage(ctx, shownBrand(saved, typed), previewOf(typed))),
  })
}

async function preview(ctx: Needs, req: Request, res: Response): Promise<void> {
  const brand = shownBrand(await organisation(ctx), req.query)
  const { preview_design: design, preview_look: look } = previewOf(req.query)
  const html = await previewBrand(ctx, brand, design)
  res.set({ 'Cache-Control': 'no-store', 'X-Frame-Options': 'SAMEORIGIN' })
  res.set('Content-Security-Policy', `${mailPolicy("'self'")}; sandbox`)
  res.type('html').send(mailAs(look, html))
}

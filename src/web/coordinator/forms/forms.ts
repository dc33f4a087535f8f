import { type Request, type Response, Router } from 'express'
import { closeForm } from '../../../audience/forms/close-form.js'
import type { OpenForm } from '../../../audience/forms/find-form.js'
import { formById, forms } from '../../../audience/forms/forms.js'
import { type FormDraft, saveForm } from '../../../audience/forms/save-form.js'
import type { Context } from '../../../context.js'
import { ConflictError, InvalidError } from '../../../errors.js'
import { organisation } from '../../../issues/organisation.js'
import { FORM_LANGUAGES } from '../../../rendering/messages/forms.js'
import { accountOf, requireDuty } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { renderPage } from '../../page.js'
import { pathId } from '../../path-id.js'
import { builderView, previewView, usesOf } from './builder-view.js'
import { draftFrom, draftOf, isDefaultForm, newDraft } from './form-draft.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config'>
type Shown = {
  draft: FormDraft
  form: OpenForm | null
  errors?: Readonly<Record<string, string>>
  problem?: string
}

/** `/forms`: the sign-up forms; `/forms/new` and `/forms/:id` the builder, `/forms/preview` what readers would see, `…/closing` and `…/opening`. */
export function signUpFormRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', async (_req, res) => {
    const { publicUrl } = ctx.config
    const known = (await forms(ctx)).map((form) => ({
      ...form,
      isDefault: isDefaultForm(form),
      address: isDefaultForm(form) ? `${publicUrl}/join` : `${publicUrl}/f/${form.slug}`,
    }))
    renderPage(res, 'coordinator/forms/forms', { title: 'Sign-up forms', forms: known })
  })
  router.get('/new', async (_req, res) => {
    await show(ctx, res, { draft: newDraft((await organisation(ctx)).name), form: null })
  })
  router.post('/preview', (req, res) => preview(ctx, req, res))
  router.post('/', (req, res) => save(ctx, req, { res, form: null }))
  router.get('/:id', async (req, res) => {
    const form = await formById(ctx, pathId(req, 'id'))
    await show(ctx, res, { draft: draftFrom(form), form })
  })
  router.post('/:id', async (req, res) =>
    save(ctx, req, { res, form: await formById(ctx, pathId(req, 'id')) }),
  )
  router.post('/:id/closing', (req, res) => setClosed(ctx, req, { res, isClosed: true }))
  router.post('/:id/opening', (req, res) => setClosed(ctx, req, { res, isClosed: false }))
  return router
}

type Answer = { res: Response; form: OpenForm | null }

async function save(ctx: Needs, req: Request, { res, form }: Answer): Promise<void> {
  const draft = draftOf(req.body, { isDefault: isDefaultForm(form) })
  try {
    const id = await saveForm(ctx, { id: form?.id ?? null, draft, by: accountOf(res).id })
    res.redirect(303, withNotice(`/forms/${id}`, 'saved'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await show(ctx, res.status(422), { draft, form, errors: error.issues })
  }
}

async function preview(ctx: Needs, req: Request, res: Response): Promise<void> {
  const isDefault = req.body?.which !== undefined
  const draft = draftOf(req.body, { isDefault })
  const wanted = FORM_LANGUAGES.find((language) => language === req.body?.previewed)
  const shown = wanted && draft.content.languages.includes(wanted) ? wanted : draft.content.languages[0]
  const view = await previewView(ctx, draft, shown ?? 'en')
  res.set('Cache-Control', 'no-store').render('partials/form-preview', { layout: false, preview: view })
}

async function setClosed(
  ctx: Needs,
  req: Request,
  { res, isClosed }: { res: Response; isClosed: boolean },
): Promise<void> {
  const id = pathId(req, 'id')
  try {
    await closeForm(ctx, { id, isClosed })
    res.redirect(303, withNotice('/forms', isClosed ? 'form-closed' : 'done'))
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    const form = await formById(ctx, id)
    await show(ctx, res.status(409), { draft: draftFrom(form), form, problem: error.message })
  }
}

async function show(ctx: Needs, res: Response, { draft, form, errors = {}, problem }: Shown): Promise<void> {
  renderPage(res, 'coordinator/forms/builder', {
    title: form ? form.name : 'New form',
    isWide: true,
    id: form?.id,
    isClosed: Boolean(form?.closed_at),
    errors,
    problem,
    uses: form ? usesOf(ctx, form) : null,
    ...(await builderView(ctx, draft, form)),
  })
}

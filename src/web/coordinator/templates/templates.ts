import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../../context.js'
import { ConflictError, InvalidError, NotFoundError } from '../../../errors.js'
import { mergeFieldNames } from '../../../rendering/compile-edition.js'
import { BUILT_IN_DESIGNS, builtInDesign, DEFAULT_DESIGN, isBuiltIn } from '../../../rendering/designs.js'
import { MJML_TAGS } from '../../../rendering/mjml-tags.js'
import { TEMPLATE_SLOTS } from '../../../rendering/own-template/slots.js'
import { archiveTemplate, unarchiveTemplate } from '../../../templates/archive-template.js'
import { contactKeys } from '../../../templates/contact-keys.js'
import { createTemplate } from '../../../templates/create-template.js'
import { previewDesign } from '../../../templates/preview-template.js'
import { removeTemplate } from '../../../templates/remove-template.js'
import { copyOfDesign, EMPTY_FRAME } from '../../../templates/starting-source.js'
import { TemplateForm } from '../../../templates/template-form.js'
import { template, templates } from '../../../templates/templates.js'
import { readForm } from '../../form.js'
import { accountOf, requireDuty } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { renderPage } from '../../page.js'
import { pathId } from '../../path-id.js'
import { answerMail, framedMail } from './answer-preview.js'
import { editorRoutes, showEditor } from './editor.js'
import { importRoutes } from './imports.js'
import { versionRoutes } from './versions.js'

type Needs = Pick<Context, 'db' | 'clock'>

const Start = TemplateForm.pick({ name: true }).extend({ from: z.string().max(100) })
const EMPTY = 'empty'

/**
 * `/templates`: the templates of designers, and starting one; `…/designs/:design/preview` a mail in a design that comes with the product;
 * `…/vocabulary` what the editor completes; `…/:id` the editor, `…/copies`, `…/archiving`, `…/return`, `…/removal`.
 */
export function templateRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (_req, res) => showList(ctx, res))
  router.post('/', (req, res) => start(ctx, req, res))
  router.get('/vocabulary', async (_req, res) => {
    res.json({
      tags: MJML_TAGS,
      slots: TEMPLATE_SLOTS,
      fields: mergeFieldNames(await contactKeys(ctx)),
    })
  })
  router.get('/designs/:design/preview', framedMail, async (req, res) => {
    const id = String(req.params['design'])
    if (!isBuiltIn(id)) throw new NotFoundError('There is no such design.')
    answerMail(res, 'light', await previewDesign(ctx, builtInDesign(id)))
  })
  router.use('/imports', importRoutes(ctx))
  router.post('/:id/copies', (req, res) => copy(ctx, req, res))
  router.post('/:id/archiving', async (req, res) => {
    await archiveTemplate(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice('/templates', 'template-archived'))
  })
  router.post('/:id/return', async (req, res) => {
    const id = pathId(req, 'id')
    await unarchiveTemplate(ctx, id)
    res.redirect(303, withNotice(`/templates/${id}`, 'template-returned'))
  })
  router.post('/:id/removal', (req, res) => remove(ctx, req, res))
  router.use('/:id/versions', versionRoutes(ctx))
  router.use('/:id', editorRoutes(ctx))
  return router
}

async function showList(
  ctx: Needs,
  res: Response,
  { errors = {}, typed = {} }: { errors?: Readonly<Record<string, string>>; typed?: object } = {},
): Promise<void> {
  const all = await templates(ctx)
  const from = [
    ...BUILT_IN_DESIGNS.map(({ id, name }) => ({ value: id, label: `A copy of “${name}”` })),
    { value: EMPTY, label: 'An empty frame' },
  ]
  renderPage(res, 'coordinator/templates/list', {
    title: 'Templates',
    templates: all.filter(({ archived_at }) => archived_at === null),
    archived: all.filter(({ archived_at }) => archived_at !== null),
    designs: BUILT_IN_DESIGNS,
    from,
    form: { from: DEFAULT_DESIGN, ...typed },
    errors,
  })
}

async function start(ctx: Needs, req: Request, res: Response): Promise<void> {
  try {
    const { name, from } = readForm(Start, req.body)
    if (from !== EMPTY && !isBuiltIn(from)) throw new InvalidError({ from: 'There is no such design.' })
    const base = from === EMPTY ? DEFAULT_DESIGN : (from as typeof DEFAULT_DESIGN)
    const source = from === EMPTY ? EMPTY_FRAME : copyOfDesign(base)
    const id = await createTemplate(ctx, { name, source, base, format: 'mjml' }, accountOf(res).id)
    res.redirect(303, `/templates/${id}`)
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await showList(ctx, res.status(422), { errors: error.issues, typed: req.body })
  }
}

async function copy(ctx: Needs, req: Request, res: Response): Promise<void> {
  const { name, source, format, base } = await template(ctx, pathId(req, 'id'))
  const copied = { name: `${name.slice(0, 90)} (copy)`, source, format }
  const id = await createTemplate(
    ctx,
    { ...copied, base: isBuiltIn(base) ? base : DEFAULT_DESIGN },
    accountOf(res).id,
  )
  res.redirect(303, withNotice(`/templates/${id}`, 'template-copied'))
}

async function remove(ctx: Needs, req: Request, res: Response): Promise<void> {
  try {
    await removeTemplate(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice('/templates', 'template-removed'))
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    await showEditor(ctx, req, res.status(409), { problem: error.message })
  }
}

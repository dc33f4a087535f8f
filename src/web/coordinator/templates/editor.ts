import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../../context.js'
import { ConflictError, InvalidError } from '../../../errors.js'
import { previewTemplate } from '../../../templates/preview-template.js'
import { reviseTemplate } from '../../../templates/revise-template.js'
import { TemplateForm } from '../../../templates/template-form.js'
import { templateProblems } from '../../../templates/template-problems.js'
import { templateUses } from '../../../templates/template-uses.js'
import { template } from '../../../templates/templates.js'
import { readForm } from '../../form.js'
import { accountOf } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { renderPage } from '../../page.js'
import { pathId } from '../../path-id.js'
import { LOOKS } from '../mail-looks.js'
import { answerMail, framedMail } from './answer-preview.js'
import { problemsView, TEMPLATE_VIEWS, viewTabs } from './template-views.js'

type Needs = Pick<Context, 'db' | 'clock'>

const Version = z.object({ version: z.coerce.number().int().min(0) })
const Query = z.object({ view: z.enum(TEMPLATE_VIEWS).catch('desktop'), look: z.enum(LOOKS).catch('light') })

/** `/templates/:id`: the editor of a template; POST saves it, `…/preview` is a mail in it. */
export function editorRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.get('/', (req, res) => showEditor(ctx, req, res))
  router.post('/', (req, res) => save(ctx, req, res))
  router.get('/preview', framedMail, async (req, res) => {
    const { look } = Query.parse(req.query)
    answerMail(res, look, await previewTemplate(ctx, await template(ctx, pathId(req, 'id'))))
  })
  return router
}

/** What a refused form leaves behind. */
type Refusal = {
  errors?: Readonly<Record<string, string>>
  typed?: { name: string; source: string }
  problem?: string
}

/** Shows the editor of a template, after a refusal with what was typed. */
export async function showEditor(
  ctx: Needs,
  req: Request,
  res: Response,
  { errors = {}, typed, problem }: Refusal = {},
): Promise<void> {
  const row = await template(ctx, pathId(req, 'id'))
  const form = typed ?? { name: row.name, source: row.source }
  const [checked, uses] = await Promise.all([
    templateProblems(ctx, { ...row, source: form.source }),
    templateUses(ctx, row.id),
  ])
  const { view } = Query.parse(req.query)
  renderPage(res, 'coordinator/templates/editor', {
    title: row.name,
    isWide: true,
    template: row,
    form,
    errors,
    problem,
    uses,
    checks: problemsView(checked),
    preview: viewTabs(`/templates/${row.id}`, view),
  })
}

async function save(ctx: Needs, req: Request, res: Response): Promise<void> {
  const id = pathId(req, 'id')
  const isScript = req.accepts('html', 'json') === 'json'
  const typed = { name: String(req.body?.name ?? ''), source: String(req.body?.source ?? '') }
  try {
    if (res.locals.templateProblem) throw new InvalidError({ source: res.locals.templateProblem })
    const { version } = readForm(Version, req.body)
    const input = readForm(TemplateForm, req.body)
    const isTyped = isScript && req.body?.keep !== 'yes'
    const saved = await reviseTemplate(ctx, { id, version }, { ...input, by: accountOf(res).id, isTyped })
    if (isScript) return await answerSaved(ctx, res, { id, version: saved })
    res.redirect(303, withNotice(`/templates/${id}`, 'saved'))
  } catch (error) {
    if (error instanceof InvalidError) {
      if (isScript) return void res.status(422).json({ errors: error.issues })
      return showEditor(ctx, req, res.status(422), { errors: error.issues, typed })
    }
    if (!(error instanceof ConflictError)) throw error
    if (isScript) return void res.status(409).json({ conflict: error.message })
    await showEditor(ctx, req, res.status(409), { problem: error.message, typed })
  }
}

async function answerSaved(
  ctx: Needs,
  res: Response,
  { id, version }: { id: string; version: number },
): Promise<void> {
  const row = await template(ctx, id)
  const checks = problemsView(await templateProblems(ctx, row))
  res.render('partials/template-checks', { layout: false, checks }, (error, html) => {
    if (error) throw error
    res.json({ version, name: row.name, ...checks, html })
  })
}

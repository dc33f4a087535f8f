import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../../context.js'
import { InvalidError } from '../../../errors.js'
import { DEFAULT_DESIGN } from '../../../rendering/designs.js'
import { createTemplate } from '../../../templates/create-template.js'
import { type ImportResult, importForeign } from '../../../templates/import-foreign.js'
import { previewTemplate } from '../../../templates/preview-template.js'
import { readUpload } from '../../../templates/read-upload.js'
import { TemplateForm } from '../../../templates/template-form.js'
import { readForm } from '../../form.js'
import { accountOf } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { renderPage } from '../../page.js'
import { LOOKS } from '../mail-looks.js'
import { answerMail, framedMail } from './answer-preview.js'

type Needs = Pick<Context, 'db' | 'clock'>

const Format = z.enum(['mjml', 'html'])
const Shown = z.object({
  format: Format,
  source: z.string().max(1_000_000),
  look: z.enum(LOOKS).catch('light'),
})
const NewTemplate = TemplateForm.extend({ format: Format })

const SEVERITIES = [
  ['untranslated', 'Needs a person', 'circle-x', 'It stays visible as it was until somebody mends it.'],
  ['changed', 'Works, but not quite as before', 'info', 'Have a look at whether this is what you want.'],
  ['removed', 'Taken out', 'circle-minus', 'Not allowed in mail, or not needed here.'],
  ['translated', 'Translated', 'circle-check', 'It says the same in our words.'],
] as const

/** `/templates/imports`: paste or upload a template of another service; POST shows what became of it, `…/saved` keeps it, `…/preview` is a mail in it. */
export function importRoutes(ctx: Needs): Router {
  const router = Router()
  router.get('/', (_req, res) => showForm(res))
  router.post('/', (req, res) => translate(ctx, req, res))
  router.post('/saved', (req, res) => save(ctx, req, res))
  router.post('/preview', framedMail, async (req, res) => {
    const { format, source, look } = readForm(Shown, req.body)
    const template = { id: '', name: 'This import', base: DEFAULT_DESIGN, format, source }
    answerMail(res, look, await previewTemplate(ctx, template))
  })
  return router
}

function showForm(res: Response, form: { source?: string; error?: string } = {}): void {
  renderPage(res, 'coordinator/templates/import', { title: 'Import a template', form })
}

async function translate(ctx: Needs, req: Request, res: Response): Promise<void> {
  const pasted = String(req.body?.source ?? '')
  try {
    if (res.locals.templateProblem) throw new InvalidError({ source: res.locals.templateProblem })
    const given = readUpload({ pasted, file: req.file?.size ? req.file : null })
    showReport(res, await importForeign(ctx, given.text), { name: given.name, errors: {} })
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    showForm(res.status(422), { source: pasted, error: error.message })
  }
}

async function save(ctx: Needs, req: Request, res: Response): Promise<void> {
  try {
    const input = readForm(NewTemplate, req.body)
    const id = await createTemplate(ctx, { ...input, base: DEFAULT_DESIGN }, accountOf(res).id)
    res.redirect(303, withNotice(`/templates/${id}`, 'template-imported'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    // What was translated already is left as it is by a second time.
    const again = await importForeign(ctx, String(req.body?.source ?? ''))
    showReport(res.status(422), again, { name: String(req.body?.name ?? ''), errors: error.issues })
  }
}

function showReport(
  res: Response,
  { template, dialect, report, fields, unknownFields }: ImportResult,
  { name, errors }: { name: string; errors: Readonly<Record<string, string>> },
): void {
  const groups = SEVERITIES.map(([severity, label, icon, says]) => {
    const entries = report.filter((entry) => entry.severity === severity)
    return { severity, label, icon, says, entries, isOpen: severity !== 'translated' }
  })
  renderPage(res, 'coordinator/templates/import-report', {
    title: 'What the import did',
    isWide: true,
    template,
    dialect,
    fields,
    unknownFields,
    name,
    errors,
    groups: groups.filter(({ entries }) => entries.length > 0),
    leftToDo: report.filter(({ severity }) => severity === 'untranslated').length,
  })
}

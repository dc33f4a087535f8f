import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { servicesWithoutLeavers } from '../../../audience/import/columns/without-leavers.js'
import { endImport } from '../../../audience/import/end-import.js'
import { readColumns } from '../../../audience/import/import-choices.js'
import { importFields } from '../../../audience/import/import-fields.js'
import { importRecord, imports } from '../../../audience/import/imports.js'
import { discardImport, inspectImport } from '../../../audience/import/receive-import.js'
import { refusedRows } from '../../../audience/import/refused-rows.js'
import { reviseImport, startImport } from '../../../audience/import/start-import.js'
import type { Context } from '../../../context.js'
import { ConflictError, InvalidError } from '../../../errors.js'
import { recordAudit } from '../../../issues/record-audit.js'
import { streamEvents } from '../../event-stream.js'
import { readForm } from '../../form.js'
import { accountOf } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { renderPage } from '../../page.js'
import { pathId } from '../../path-id.js'
import { sendCsv } from '../../send-csv.js'
import { showDraft } from './draft.js'
import { readFileChoices } from './file-form.js'
import { importView, STATUS_WORDS } from './import-view.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>

const Choices = z.object({
  listId: z.preprocess((value) => value || null, z.uuid('Choose the list that they go to.').nullable()),
  source: z.string().trim().max(500, 'Keep this below 500 characters.').default(''),
  existing: z.enum(['leave', 'fill', 'overwrite']).default('fill'),
  leavers: z.literal('yes').optional().catch(undefined),
  then: z.enum(['save', 'check', 'start']).catch('save'),
})

/**
 * `/subscribers/import`: a file is uploaded, and the imports of late; `…/:id` is one import: what its columns hold and what it is to do, its
 * progress, or what came of it; `…/stopping`, `…/removal`, `…/progress` (server-sent events), `…/refused.csv`.
 */
export function importPageRoutes(ctx: Needs): Router {
  const router = Router()
  router.get('/', (_req, res) => showImports(ctx, res))
  router.post('/', (req, res) => upload(ctx, req, res))
  router.get('/:id', (req, res) => show(ctx, req, res))
  router.post('/:id', (req, res) => revise(ctx, req, res))
  router.post('/:id/stopping', (req, res) => stop(ctx, req, res))
  router.post('/:id/removal', async (req, res) => {
    await discardImport(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice('/subscribers/import', 'import-discarded'))
  })
  router.get('/:id/progress', (req, res) => streamEvents(req, res, () => look(ctx, req, res)))
  router.get('/:id/refused.csv', async (req, res) => {
    const { id } = await importRecord(ctx, pathId(req, 'id'))
    await sendCsv(res, `refused-${id}.csv`, refusedRows(ctx, id))
  })
  return router
}

async function showImports(ctx: Needs, res: Response, error?: string): Promise<void> {
  const known = await imports(ctx)
  renderPage(res, 'coordinator/imports/imports', {
    title: 'Import subscribers',
    error,
    imports: known.map((one) => ({ ...one, words: STATUS_WORDS[one.status] })),
  })
}

async function upload(ctx: Needs, req: Request, res: Response): Promise<void> {
  const id = req.file?.filename
  try {
    if (res.locals.importProblem || !id)
      throw new InvalidError({ file: res.locals.importProblem ?? 'Choose a file.' })
    await inspectImport(ctx, id)
    res.redirect(303, `/subscribers/import/${id}`)
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await showImports(ctx, res.status(422), error.message)
  }
}

async function show(ctx: Needs, req: Request, res: Response): Promise<void> {
  const one = await importRecord(ctx, pathId(req, 'id'))
  if (one.status === 'draft') return showDraft(ctx, res, one)
  renderPage(res, 'coordinator/imports/run', { title: one.file_name, one, live: importView(one) })
}

async function revise(ctx: Needs, req: Request, res: Response): Promise<void> {
  const id = pathId(req, 'id')
  try {
    const { then, leavers, ...choices } = readForm(Choices, req.body)
    const columns = readColumns(chosenColumns(req.body), await importFields(ctx.db))
    const one = await importRecord(ctx, id)
    await reviseImport(ctx, one, { ...choices, columns, files: readFileChoices(req.body, one.files.length) })
    if (then === 'save') return res.redirect(303, withNotice(`/subscribers/import/${id}`, 'saved'))
    const revised = await importRecord(ctx, id)
    if (then === 'start' && !leavers && servicesWithoutLeavers(revised.files).length > 0)
      throw new InvalidError({ leavers: 'Say that you have looked for those who left.' })
    await startImport(ctx, revised, then)
    if (then === 'start') await note(ctx, res, { id, action: 'import-subscribers' })
    res.redirect(303, `/subscribers/import/${id}`)
  } catch (error) {
    if (error instanceof ConflictError) return res.redirect(303, `/subscribers/import/${id}`)
    if (!(error instanceof InvalidError)) throw error
    await showDraft(ctx, res.status(422), await importRecord(ctx, id), {
      form: req.body,
      errors: error.issues,
    })
  }
}

function chosenColumns(body: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(body).flatMap(([name, value]) =>
    name.startsWith('column:') ? [[name.slice('column:'.length), String(value)] as [string, string]] : [],
  )
}

async function stop(ctx: Needs, req: Request, res: Response): Promise<void> {
  const { id, status } = await importRecord(ctx, pathId(req, 'id'))
  const isStopped = await endImport(ctx, id, { move: status === 'checking' ? 'recall' : 'stop' })
  if (isStopped && status === 'running') await note(ctx, res, { id, action: 'stop-import' })
  res.redirect(303, `/subscribers/import/${id}`)
}

async function note(
  { db, clock }: Needs,
  res: Response,
  { id, action }: { id: string; action: string },
): Promise<void> {
  await recordAudit(db, { action, subjectIds: [id], by: accountOf(res).id, now: clock.now() })
}

// The page of an import that has ended offers other things, so the browser loads it anew.
async function look(ctx: Needs, req: Request, res: Response) {
  const live = importView(await importRecord(ctx, pathId(req, 'id')))
  const data = await new Promise<string>((resolve, reject) => {
    res.render('partials/import-live', { layout: false, live }, (error, html) =>
      error ? reject(error) : resolve(html),
    )
  })
  return { name: live.isOpen ? 'progress' : 'finished', data }
}

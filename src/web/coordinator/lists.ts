import { type Response, Router } from 'express'
import { archiveList } from '../../audience/archive-list.js'
import { createList } from '../../audience/create-list.js'
import { leaveReasons } from '../../audience/leave-reasons.js'
import { ListForm, listInput } from '../../audience/list-form.js'
import { lists } from '../../audience/lists.js'
import { reviseList } from '../../audience/revise-list.js'
import type { Context } from '../../context.js'
import { ConflictError, InvalidError, NotFoundError } from '../../errors.js'
import { recordAudit } from '../../issues/record-audit.js'
import { canonicalTag } from '../../rendering/languages/language-tag.js'
import { readForm } from '../form.js'
import { languageOptions } from '../language-options.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'
import { leaveReasonsView } from './leave-reasons-view.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config'>
type View = {
  form: object
  errors?: Readonly<Record<string, string>>
  problem?: string
  id?: string
  leaveReasons?: object | null
}

const NEW = {
  name: '',
  description: '',
  language: 'en',
  isPublic: true,
  optIn: 'double',
  sendsWelcome: false,
  sendsGoodbye: false,
  needsApproval: false,
}

/** `/lists`: the lists with their counts; `/lists/new` and `/lists/:id` their form; POST `…/archive` takes one out of use. */
export function listRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', async (_req, res) => {
    const known = await lists(ctx)
    renderPage(res, 'coordinator/lists/lists', {
      title: 'Lists',
      lists: known,
      joinUrl: `${ctx.config.publicUrl}/join`,
      hasPublic: known.some((list) => list.is_public),
    })
  })
  router.get('/new', (_req, res) => showForm(res, { form: NEW }))
  router.post('/', async (req, res) => {
    const form = formOf(req.body)
    await refusing(res, { form }, async () => {
      const id = await createList(ctx, readForm(ListForm, form))
      if (form.needsApproval) await noteDemand(ctx, res, { id, needsApproval: true })
      return withNotice('/lists', 'saved')
    })
  })
  router.get('/:id', async (req, res) => {
    const list = (await lists(ctx)).find(({ id }) => id === pathId(req, 'id'))
    if (!list) throw new NotFoundError('There is no such list.')
    const reasons = leaveReasonsView(await leaveReasons(ctx, { listId: list.id }))
    showForm(res, { id: list.id, form: listInput(list), leaveReasons: reasons })
  })
  router.post('/:id', async (req, res) => {
    const id = pathId(req, 'id')
    const form = formOf(req.body)
    await refusing(res, { id, form }, async () => {
      const before = (await lists(ctx)).find((one) => one.id === id)
      await reviseList(ctx, id, readForm(ListForm, form))
      const { needsApproval } = form
      if (before && before.needs_approval !== needsApproval) await noteDemand(ctx, res, { id, needsApproval })
      return withNotice('/lists', 'saved')
    })
  })
  router.post('/:id/archive', async (req, res) => {
    const id = pathId(req, 'id')
    const list = (await lists(ctx)).find((one) => one.id === id)
    const form = list ? listInput(list) : NEW
    await refusing(res, { id, form }, async () => {
      await archiveList(ctx, id)
      return withNotice('/lists', 'list-archived')
    })
  })
  return router
}

function formOf(body: Record<string, unknown> | undefined) {
  const isOn = (name: string) => body?.[name] === 'on'
  return {
    ...NEW,
    ...body,
    isPublic: isOn('isPublic'),
    optIn: isOn('isConfirmed') ? 'double' : 'single',
    sendsWelcome: isOn('sendsWelcome'),
    sendsGoodbye: isOn('sendsGoodbye'),
    needsApproval: isOn('needsApproval'),
  }
}

async function noteDemand(
  { db, clock }: Needs,
  res: Response,
  { id, needsApproval }: { id: string; needsApproval: boolean },
): Promise<void> {
  const action = needsApproval ? 'demand-approval' : 'waive-approval'
  await recordAudit(db, { action, subjectIds: [id], by: accountOf(res).id, now: clock.now() })
}

async function refusing(res: Response, view: View, act: () => Promise<string>): Promise<void> {
  try {
    res.redirect(303, await act())
  } catch (error) {
    if (error instanceof InvalidError) return showForm(res.status(422), { ...view, errors: error.issues })
    if (!(error instanceof ConflictError)) throw error
    showForm(res.status(409), { ...view, problem: error.message })
  }
}

function showForm(res: Response, { form, errors = {}, ...view }: View): void {
  const known = 'language' in form ? [String(form.language)].filter((tag) => canonicalTag(tag) !== null) : []
  renderPage(res, 'coordinator/lists/form', {
    title: view.id ? 'List' : 'New list',
    ...view,
    form,
    errors,
    languages: languageOptions({ known }),
  })
}

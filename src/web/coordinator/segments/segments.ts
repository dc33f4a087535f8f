import { type Request, type Response, Router } from 'express'
import {
  archiveSegment,
  createSegment,
  reviseSegment,
  SegmentName,
} from '../../../audience/segments/save-segment.js'
import { findSegment, segments } from '../../../audience/segments/segments.js'
import type { Context } from '../../../context.js'
import { ConflictError, InvalidError } from '../../../errors.js'
import { recordAudit } from '../../../issues/record-audit.js'
import { accountOf, requireDuty } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { renderPage } from '../../page.js'
import { pathId } from '../../path-id.js'
import { checkTree } from './check-tree.js'
import { offered } from './offered.js'
import { peopleView } from './people-view.js'
import { changeTree, newTree, type RoughGroup, readTree, roughTree } from './rough-tree.js'
import { segmentWords } from './segment-words.js'
import { groupView } from './tree-view.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** `/segments`: those in use; `/segments/new` and `/segments/:id` their form; POST `/segments/people` counts what a form describes. */
export function segmentRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (_req, res) => showSegments(ctx, res))
  router.get('/new', (_req, res) => showForm(ctx, res, { name: '', rough: newTree() }))
  router.post('/people', (req, res) => showPeople(ctx, req, res))
  router.post('/', (req, res) => save(ctx, req, res))
  router.get('/:id', async (req, res) => {
    const { id, name, tree, archived_at } = await findSegment(ctx, pathId(req, 'id'))
    await showForm(ctx, res, { id, name, rough: roughTree(tree), isArchived: archived_at !== null })
  })
  router.post('/:id', (req, res) => save(ctx, req, res))
  router.post('/:id/archive', async (req, res) => {
    const id = pathId(req, 'id')
    await archiveSegment(ctx, id)
    await recordAudit(ctx.db, {
      action: 'archive-segment',
      subjectIds: [id],
      by: accountOf(res).id,
      now: ctx.clock.now(),
    })
    res.redirect(303, withNotice('/segments', 'segment-archived'))
  })
  return router
}

async function showSegments(ctx: Needs, res: Response): Promise<void> {
  const [known, choices] = await Promise.all([segments(ctx), offered(ctx)])
  renderPage(res, 'coordinator/segments/segments', {
    title: 'Segments',
    segments: known.map(({ id, name, tree, updated_at }) => ({
      id,
      name,
      updated_at,
      words: segmentWords(tree, choices),
    })),
  })
}

/** Saves the form, or shows it again with a row more or less. */
async function save(ctx: Needs, req: Request, res: Response): Promise<void> {
  const body = (req.body ?? {}) as Record<string, unknown>
  const id = req.params['id'] ? pathId(req, 'id') : undefined
  const name = String(body['name'] ?? '')
  const action = typeof body['do'] === 'string' ? body['do'] : ''
  const rough = changeTree(readTree(body), action)
  const form = { ...(id ? { id } : {}), name, rough }
  if (action) return showForm(ctx, res, { ...form, isCounted: action === 'count' })
  const read = checkTree(rough, await offered(ctx))
  const named = SegmentName.safeParse(name)
  if ('errors' in read || !named.success) {
    const errors = {
      ...('errors' in read ? read.errors : {}),
      ...(named.success ? {} : { name: named.error.issues[0]?.message ?? '' }),
    }
    return showForm(ctx, res.status(422), { ...form, errors })
  }
  try {
    const wanted = { name: named.data, tree: read.tree }
    if (id) await reviseSegment(ctx, id, wanted)
    else await createSegment(ctx, { ...wanted, by: accountOf(res).id })
    res.redirect(303, withNotice('/segments', 'saved'))
  } catch (error) {
    if (error instanceof InvalidError)
      return showForm(ctx, res.status(422), { ...form, errors: error.issues })
    if (!(error instanceof ConflictError)) throw error
    await showForm(ctx, res.status(409), { ...form, problem: error.message })
  }
}

type Form = {
  id?: string
  name: string
  rough: RoughGroup
  errors?: Readonly<Record<string, string>>
  problem?: string
  isArchived?: boolean
  isCounted?: boolean
}

async function showForm(
  ctx: Needs,
  res: Response,
  { id, name, rough, errors = {}, problem, isArchived = false, isCounted = false }: Form,
): Promise<void> {
  const choices = await offered(ctx)
  renderPage(res, 'coordinator/segments/form', {
    title: id ? 'Segment' : 'New segment',
    id,
    name,
    errors,
    problem,
    isArchived,
    hasErrors: Object.keys(errors).length > 0,
    tree: groupView(rough, { offered: choices, errors }),
    people: isCounted ? await peopleView(ctx, checkTree(rough, choices)) : null,
  })
}

async function showPeople(ctx: Needs, req: Request, res: Response): Promise<void> {
  const read = checkTree(readTree((req.body ?? {}) as Record<string, unknown>), await offered(ctx))
  res.set('Cache-Control', 'no-store').render('coordinator/segments/people', {
    layout: false,
    people: await peopleView(ctx, read),
  })
}

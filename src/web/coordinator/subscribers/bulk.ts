import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { beginBulkAct, findBulkAct, undoBulkAct } from '../../../audience/bulk/begin-bulk-act.js'
import { type BulkScope, BulkWhat, canBeUndone } from '../../../audience/bulk/bulk-act.js'
import { countPeople, type PeopleCount } from '../../../audience/count-people.js'
import { listNames } from '../../../audience/list-names.js'
import type { Context } from '../../../context.js'
import { ConflictError, InvalidError } from '../../../errors.js'
import { readForm } from '../../form.js'
import { accountOf } from '../../middleware/sessions.js'
import { renderPage } from '../../page.js'
import { pathId } from '../../path-id.js'
import { tickedLists } from '../../ticked-lists.js'
import { countWords } from '../segments/people-view.js'
import { bulkWords } from './bulk-words.js'
import { filterOf, readSubscriberQuery, subscribersPath } from './subscriber-query.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>

/** The count stands in the question that is to be confirmed: it is waited for a little longer. */
const COUNTING_MS = 8000
const MOST_TICKED = 1000
const Whom = z.enum(['ticked', 'found']).catch('ticked')

/** `/subscribers/bulk`: what to do with the people ticked or found, said and confirmed; `/subscribers/bulk/:actId` how far it is. */
export function bulkRoutes(ctx: Needs): Router {
  const router = Router()
  router.get('/', (req, res) => ask(ctx, req.query, { res }))
  router.post('/', (req, res) => begin(ctx, req, res))
  router.get('/:actId', (req, res) => showAct(ctx, req, res))
  router.post('/:actId/undoing', async (req, res) => {
    const id = pathId(req, 'actId')
    try {
      await undoBulkAct(ctx, id, accountOf(res).id)
      res.redirect(303, `/subscribers/bulk/${id}`)
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      await showAct(ctx, req, res.status(409), error.message)
    }
  })
  return router
}

type Given = Record<string, unknown>

/** Whom a request means, and as what the act keeps that. */
async function meant(ctx: Needs, given: Given) {
  const query = readSubscriberQuery(given)
  const whom = Whom.parse(given['whom'])
  const ids = tickedLists.parse(given['id']).slice(0, MOST_TICKED)
  if (whom === 'ticked') {
    const counted: PeopleCount = { count: ids.length, isExact: true }
    return { query, whom, ids, scope: { ids } satisfies BulkScope, counted }
  }
  const filter = await filterOf(ctx, query)
  const { segment, search = '', ...rest } = filter
  const scope: BulkScope = { ...rest, search, ...(segment ? { tree: segment.tree } : {}) }
  return { query, whom, ids: [], scope, counted: await countPeople(ctx, filter, COUNTING_MS) }
}

type Asking = { res: Response; errors?: Readonly<Record<string, string>> }

async function ask(ctx: Needs, given: Given, { res, errors = {} }: Asking): Promise<void> {
  const { query, whom, ids, counted } = await meant(ctx, given)
  const [lists, fields] = await Promise.all([
    listNames(ctx),
    ctx.db
      .selectFrom('field')
      .select(['key', 'label'])
      .where('archived_at', 'is', null)
      .orderBy('position')
      .execute(),
  ])
  const said = (name: string) => String(given[name] ?? '')
  renderPage(res, 'coordinator/subscribers/bulk', {
    title: 'Change many',
    query,
    whom,
    ids,
    isNobody: counted?.count === 0 && counted.isExact,
    people: countWords(counted),
    isJudged: !counted?.isExact,
    backPath: subscribersPath(query),
    kind: said('kind') || 'add-to-list',
    form: { listId: said('listId'), note: said('note'), key: said('key'), value: said('value') },
    errors,
    lists: [{ value: '', label: 'Choose …' }, ...lists.map(({ id, name }) => ({ value: id, label: name }))],
    fields: [{ value: '', label: 'Choose …' }, ...fields.map(({ key, label }) => ({ value: key, label }))],
  })
}

async function begin(ctx: Needs, req: Request, res: Response): Promise<void> {
  const body = (req.body ?? {}) as Given
  try {
    const what = readForm(BulkWhat, body)
    const { scope, counted } = await meant(ctx, body)
    if ('ids' in scope && scope.ids.length === 0) throw new InvalidError({ whom: 'Tick somebody first.' })
    const expected = counted?.isExact ? counted.count : null
    const id = await beginBulkAct(ctx, { what, scope, expected, by: accountOf(res).id })
    res.redirect(303, `/subscribers/bulk/${id}`)
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await ask(ctx, body, { res: res.status(422), errors: error.issues })
  }
}

async function showAct(ctx: Needs, req: Request, res: Response, problem?: string): Promise<void> {
  const act = await findBulkAct(ctx, pathId(req, 'actId'))
  renderPage(res, 'coordinator/subscribers/bulk-act', {
    title: await bulkWords(ctx, act.what),
    act,
    problem,
    isOpen: act.status === 'running' || act.status === 'undoing',
    isUndoing: act.status === 'undoing',
    isUndone: act.status === 'undone',
    canBeUndone: canBeUndone(act),
    isForGood: act.status === 'done' && act.what.kind === 'remove-from-list',
    untouched: act.seen - act.changed,
  })
}

import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { mayDo } from '../../accounts/role.js'
import { addSuppressions, GIVEN_REASONS, type Suppressed } from '../../audience/add-suppressions.js'
import { isLiftable, liftingRefusal, liftSuppression } from '../../audience/lift-suppression.js'
import { exportSuppressions, searchSuppressions, suppressionCounts } from '../../audience/suppressions.js'
import type { Context } from '../../context.js'
import { ConflictError, InvalidError } from '../../errors.js'
import { readForm } from '../form.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'
import { sendCsv } from '../send-csv.js'
import { REASON_OPTIONS, suppressionWords } from '../suppression-words.js'

const Reason = z.enum(['hard-bounce', 'complaint', 'unsubscribe-all', 'manual', 'erased'])
const Filter = z.object({
  q: z.string().max(254).catch(''),
  reason: Reason.optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
})
const Adding = z.object({
  entries: z.string().max(3_000_000, 'That is too much text for ten thousand lines.'),
  reason: z.enum(GIVEN_REASONS, 'Choose why.'),
  note: z.string().trim().max(500, 'Keep this below 500 characters.'),
  includesSubdomains: z
    .literal('yes')
    .optional()
    .transform((ticked) => ticked === 'yes'),
})
const Lifting = z.object({ why: z.string().max(500, 'Keep this below 500 characters.') })

/** `/suppressions`: who must not be mailed and why; POST adds many, `…/:id/lifting` lets mail go again, `…/suppressions.csv` is all of them. */
export function suppressionRoutes(ctx: Context): Router {
  const router = Router()
  router.use(requireDuty('coordinate', 'operate'))
  router.get('/', (req, res) => show(ctx, { req, res }))
  router.post('/', (req, res) => add(ctx, req, res))
  router.get('/suppressions.csv', async (req, res) => {
    const { reason } = Filter.parse(req.query)
    await sendCsv(res, 'suppressions.csv', exportSuppressions(ctx, reason ? { reason } : {}))
  })
  router.post('/:id/lifting', (req, res) => lift(ctx, req, res))
  return router
}

async function add(ctx: Context, req: Request, res: Response): Promise<void> {
  const typed = { ...req.body }
  try {
    const { entries, ...more } = readForm(Adding, typed)
    const result = await addSuppressions(ctx, { ...more, text: entries, by: accountOf(res).id })
    const isWell = result.problems.length === 0
    // What could not be read stays in the form, to be mended.
    const left = result.problems.map(({ text }) => text).join('\n')
    await show(ctx, {
      req,
      res: isWell ? res : res.status(422),
      result,
      form: isWell ? {} : { ...typed, entries: left },
    })
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await show(ctx, { req, res: res.status(422), form: typed, errors: error.issues })
  }
}

async function lift(ctx: Context, req: Request, res: Response): Promise<void> {
  const id = pathId(req, 'id')
  try {
    await liftSuppression(ctx, { id, ...readForm(Lifting, req.body), by: accountOf(res).id })
    res.redirect(303, withNotice('/suppressions', 'suppression-lifted'))
  } catch (error) {
    if (!(error instanceof InvalidError || error instanceof ConflictError)) throw error
    await show(ctx, {
      req,
      res: res.status(error instanceof ConflictError ? 409 : 422),
      problem: error.message,
    })
  }
}

type Shown = {
  req: Request
  res: Response
  form?: Readonly<Record<string, unknown>>
  errors?: Readonly<Record<string, string>>
  result?: Suppressed
  problem?: string
}

const PROBLEMS_SHOWN = 100

async function show(ctx: Context, shown: Shown): Promise<void> {
  const { req, res, form = {}, errors = {}, result, problem } = shown
  const { q, reason, after } = Filter.parse(req.query)
  const [{ suppressions, next }, counts] = await Promise.all([
    searchSuppressions(ctx, { search: q, ...(reason ? { reason } : {}), ...(after ? { after } : {}) }),
    suppressionCounts(ctx),
  ])
  const query = new URLSearchParams({ ...(q ? { q } : {}), ...(reason ? { reason } : {}) })
  if (next) query.set('after', next)
  renderPage(res, 'coordinator/suppressions', {
    title: 'Suppressions',
    filter: { q, reason: reason ?? '' },
    isFiltered: Boolean(q || reason || after),
    suppressions: suppressions.map((one) => ({
      ...one,
      ...suppressionWords(one),
      isLiftable: isLiftable(one),
      refusal: liftingRefusal(one),
    })),
    nextPath: next ? `/suppressions?${query}` : null,
    exportPath: `/suppressions/suppressions.csv${reason ? `?reason=${reason}` : ''}`,
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    reasonOptions: [
      { value: '', label: 'Every reason' },
      ...REASON_OPTIONS.map(({ value, label }) => ({
        value,
        label: `${label} (${new Intl.NumberFormat('en-GB').format(counts[value as keyof typeof counts])})`,
      })),
    ],
    givenReasons: REASON_OPTIONS.filter(({ value }) => GIVEN_REASONS.some((given) => given === value)),
    form: { reason: 'manual', ...form },
    isOpen: Object.keys(errors).length > 0 || (result?.problems.length ?? 0) > 0,
    errors,
    result: result && {
      ...result,
      problems: result.problems.slice(0, PROBLEMS_SHOWN),
      more: Math.max(0, result.problems.length - PROBLEMS_SHOWN),
    },
    problem,
    mayOpenPeople: mayDo(accountOf(res).role, 'coordinate'),
  })
}

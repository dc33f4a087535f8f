import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { searchSubscribers } from '../../audience/search-subscribers.js'
import type { Context } from '../../context.js'
import { cancelIssue } from '../../delivery/cancel-issue.js'
import { changeSpeed } from '../../delivery/change-speed.js'
import { chooseSubject } from '../../delivery/choose-subject.js'
import { SpeedForm } from '../../delivery/limits/limit-forms.js'
import { pauseIssue } from '../../delivery/pause-issue.js'
import { resumeIssue } from '../../delivery/resume-issue.js'
import { ConflictError, InvalidError } from '../../errors.js'
import type { DraftVersion } from '../../issues/change-draft.js'
import { discardDraft } from '../../issues/discard-draft.js'
import { duplicateIssue } from '../../issues/duplicate-issue.js'
import { redoDraft, undoDraft } from '../../issues/undo-draft.js'
import { unscheduleIssue } from '../../issues/unschedule-issue.js'
import { readForm } from '../form.js'
import { accountOf } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { approvalRoutes } from './approvals.js'
import { balanceRoutes } from './balances.js'
import { commentRoutes } from './comments.js'
import { blockRoutes, draftOf, issueIdOf, showRefused } from './composer/blocks.js'
import { composerPath, composerState } from './composer/composer-state.js'
import { detailRoutes } from './composer/details.js'
import { libraryRoutes } from './composer/library.js'
import { renderIssue } from './issue-page.js'
import { languageRoutes } from './languages/languages.js'
import { checkRoutes } from './preflight/checks.js'
import { previewRoutes } from './previews.js'
import { progressRoutes } from './progress.js'
import { reportFileRoutes } from './report/reports.js'
import { scheduleRoutes } from './schedules.js'
import { testSendRoutes } from './test-sends.js'
import { webPageRoutes } from './web-pages.js'

/** `/issues/:issueId`: the composer or the report of one issue, and what can be done with it. */
export function oneIssueRoutes(ctx: Context): Router {
  const router = Router({ mergeParams: true })
  router.get('/', (req, res) => renderIssue(ctx, res, issueIdOf(req), { state: composerState(req) }))
  router.use('/blocks', blockRoutes(ctx))
  router.use('/details', detailRoutes(ctx))
  router.use('/library', libraryRoutes(ctx))
  router.use('/languages', languageRoutes(ctx))
  router.use('/preview', previewRoutes(ctx))
  router.use('/checks', checkRoutes(ctx))
  router.use('/balance.csv', balanceRoutes(ctx))
  router.use('/report.csv', reportFileRoutes(ctx))
  router.use('/web-page', webPageRoutes(ctx))
  router.use('/schedule', scheduleRoutes(ctx))
  router.use('/progress', progressRoutes(ctx))
  router.post('/duplicate', (req, res) => duplicate(ctx, req, res))
  router.post('/subject', (req, res) => choose(ctx, req, res))
  router.post('/speed', (req, res) => setSpeed(ctx, req, res))
  router.use('/test-sends', testSendRoutes(ctx))
  router.use('/approval', approvalRoutes(ctx))
  router.use('/comments', commentRoutes(ctx))
  router.post('/reader', (req, res) => findReader(ctx, req, res))
  router.post('/undo', step(ctx, undoDraft))
  router.post('/redo', step(ctx, redoDraft))
  router.post('/discarding', (req, res) => discard(ctx, req, res))
  router.post(
    '/draft',
    change(ctx, (intervention) => unscheduleIssue(ctx, intervention)),
  )
  router.post(
    '/pause',
    change(ctx, (intervention) => pauseIssue(ctx, intervention)),
  )
  router.post(
    '/resume',
    change(ctx, (intervention) => resumeIssue(ctx, intervention)),
  )
  router.post(
    '/cancellation',
    change(ctx, (intervention) => cancelIssue(ctx, intervention)),
  )
  return router
}

function step(ctx: Context, verb: (ctx: Context, draft: DraftVersion) => Promise<number>) {
  return async (req: Request, res: Response) => {
    const issueId = issueIdOf(req)
    const state = { ...composerState(req), add: null }
    try {
      await verb(ctx, draftOf(req, issueId))
      res.redirect(303, composerPath(issueId, state))
    } catch (error) {
      await showConflict(ctx, { req, res, issueId }, error)
    }
  }
}

function change(ctx: Context, verb: (intervention: { issueId: string; by: string }) => Promise<void>) {
  return async (req: Request, res: Response) => {
    const issueId = issueIdOf(req)
    try {
      await verb({ issueId, by: accountOf(res).id })
      res.redirect(303, `/issues/${issueId}`)
    } catch (error) {
      await showConflict(ctx, { req, res, issueId }, error)
    }
  }
}

async function discard(ctx: Context, req: Request, res: Response): Promise<void> {
  const issueId = issueIdOf(req)
  try {
    await discardDraft(ctx, draftOf(req, issueId))
    res.redirect(303, withNotice('/issues', 'discarded'))
  } catch (error) {
    await showConflict(ctx, { req, res, issueId }, error)
  }
}

// Somebody else was quicker: the page says so and shows how things stand.
async function showConflict(
  ctx: Context,
  place: { req: Request; res: Response; issueId: string },
  error: unknown,
): Promise<void> {
  if (!(error instanceof ConflictError)) throw error
  await showRefused(ctx, place, error)
}

async function duplicate(ctx: Context, req: Request, res: Response): Promise<void> {
  const id = await duplicateIssue(ctx, { issueId: issueIdOf(req), by: accountOf(res).id })
  res.redirect(303, withNotice(`/issues/${id}`, 'duplicated'))
}

const Variant = z.coerce.number().int().nonnegative().catch(-1)

async function choose(ctx: Context, req: Request, res: Response): Promise<void> {
  const issueId = issueIdOf(req)
  const variant = Variant.parse(req.body?.variant)
  try {
    await chooseSubject(ctx, { issueId, variant, by: accountOf(res).id })
    res.redirect(303, withNotice(`/issues/${issueId}`, 'subject-chosen'))
  } catch (error) {
    await showConflict(ctx, { req, res, issueId }, error)
  }
}

async function setSpeed(ctx: Context, req: Request, res: Response): Promise<void> {
  const issueId = issueIdOf(req)
  try {
    const { rate_per_hour: ratePerHour } = readForm(SpeedForm, req.body)
    await changeSpeed(ctx, { issueId, ratePerHour, by: accountOf(res).id })
    res.redirect(303, withNotice(`/issues/${issueId}`, 'saved'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    const speed = { typed: String(req.body?.rate_per_hour ?? ''), error: error.message }
    await renderIssue(ctx, res.status(422), issueId, { state: composerState(req), speed })
  }
}

async function findReader(ctx: Context, req: Request, res: Response): Promise<void> {
  const issueId = issueIdOf(req)
  const state = composerState(req)
  const search = z.string().trim().max(254).catch('').parse(req.body?.find)
  const { subscribers } = search ? await searchSubscribers(ctx, { search, limit: 1 }) : { subscribers: [] }
  const [found] = subscribers
  if (found) return res.redirect(303, composerPath(issueId, { ...state, as: found.id }))
  const readerProblem = 'Nobody begins like that. Try the beginning of an address or a name.'
  await renderIssue(ctx, res.status(422), issueId, { state, readerProblem })
}

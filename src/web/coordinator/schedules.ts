import { type Request, type Response, Router } from 'express'
import type { Context } from '../../context.js'
import { opensAt } from '../../delivery/limits/sending-window.js'
import { releaseDueIssues } from '../../delivery/release-due-issues.js'
import { ConflictError, InvalidError } from '../../errors.js'
import { issueBalance } from '../../issues/balance.js'
import { issueWithBlocks } from '../../issues/issue.js'
import { previewIssue } from '../../issues/preview-issue.js'
import { scheduleIssue } from '../../issues/schedule-issue.js'
import { formatTime, parseLocalTime, toLocalTime } from '../local-time.js'
import { accountOf } from '../middleware/sessions.js'
import { renderPage } from '../page.js'
import { approvalProblem, approvalView } from './approval-view.js'
import { canaryChoice, readCanary } from './canary-choice.js'
import { draftOf, issueIdOf } from './composer/blocks.js'
import { problemViews } from './composer/composer-page.js'
import { composerPath } from './composer/composer-state.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>

const HOUR_MS = 3_600_000

/** `/issues/:issueId/schedule`: GET shows the balance and what is still to mend, POST schedules for now or for a time. */
export function scheduleRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.get('/', (req, res) => show(ctx, req, { res }))
  router.post('/', (req, res) => schedule(ctx, req, res))
  return router
}

async function schedule(ctx: Needs, req: Request, res: Response): Promise<void> {
  const issueId = issueIdOf(req)
  const isNow = req.body?.when !== 'later'
  const sendAt = String(req.body?.sendAt ?? '')
  const typed = req.body ?? {}
  try {
    const { timeZone } = accountOf(res)
    const canary = readCanary(req.body)
    const moment = isNow ? await afterRecall(ctx) : parseLocalTime(sendAt, { timeZone, field: 'sendAt' })
    await scheduleIssue(ctx, { ...draftOf(req, issueId), canary }, moment)
    // What is due now need not wait for the next tick.
    if (isNow) await releaseDueIssues(ctx)
    res.redirect(303, `/issues/${issueId}`)
  } catch (error) {
    if (error instanceof InvalidError) {
      return show(ctx, req, { res: res.status(422), isNow, sendAt, typed, errors: error.issues })
    }
    if (!(error instanceof ConflictError)) throw error
    await show(ctx, req, { res: res.status(409), isNow, sendAt, typed, conflict: error.message })
  }
}

/** The end of the time in which a word given too soon can be taken back. */
async function afterRecall({ db, clock }: Needs): Promise<Date> {
  const { recall_seconds } = await settingsOf(db)
  return new Date(clock.now().getTime() + 1000 * recall_seconds)
}

function settingsOf(db: Needs['db']) {
  return db.selectFrom('sending_settings').selectAll().executeTakeFirstOrThrow()
}

type Answer = {
  res: Response
  isNow?: boolean
  sendAt?: string
  typed?: Readonly<Record<string, unknown>>
  errors?: Readonly<Record<string, string>>
  conflict?: string
}

async function show(
  ctx: Needs,
  req: Request,
  { res, isNow = true, sendAt, typed, errors = {}, conflict }: Answer,
): Promise<void> {
  const issue = await issueWithBlocks(ctx, issueIdOf(req))
  if (issue.status !== 'draft') return res.redirect(303, `/issues/${issue.id}`)
  const { timeZone } = accountOf(res)
  const [balance, preview, settings, canary] = await Promise.all([
    issueBalance(ctx.db, issue.id),
    previewIssue(ctx, issue.id),
    settingsOf(ctx.db),
    canaryChoice(ctx, issue, { typed: typed ?? null, errors }),
  ])
  const problems = problemViews(issue, preview, {})
  const missing = Object.entries(errors)
    .filter(([field]) => field in DETAIL_LABELS)
    .map(([field, message]) => ({
      isError: true,
      message,
      where: DETAIL_LABELS[field],
      line: null,
      href: composerPath(issue.id, { edit: 'details' }),
    }))
  const approval = await approvalView(ctx, res, { issueId: issue.id })
  const all = [...missing, ...approvalProblem(approval), ...problems]
  renderPage(res, 'coordinator/issue/schedule', {
    title: 'Check and schedule',
    issue,
    balance,
    approval,
    conflict,
    problems: all,
    errorCount: all.filter(({ isError }) => isError).length,
    canary,
    recallSeconds: settings.recall_seconds,
    opens: opensAt(settings, ctx.clock.now()),
    isNow,
    sendAt: sendAt || toLocalTime(nextHour(ctx.clock.now()), timeZone),
    sendAtError: errors['sendAt'],
    timeZone,
    nowThere: formatTime(ctx.clock.now(), timeZone),
  })
}

const DETAIL_LABELS: Readonly<Record<string, string>> = {
  subject: 'Subject',
  from_name: 'Sender',
  from_email: 'Sender',
  listIds: 'Lists',
}

function nextHour(now: Date): Date {
  return new Date(Math.ceil((now.getTime() + 1) / HOUR_MS) * HOUR_MS)
}

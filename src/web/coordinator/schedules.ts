import { type Request, type Response, Router } from 'express'
import { opensAt } from '../../delivery/limits/sending-window.js'
import { releaseDueIssues } from '../../delivery/release-due-issues.js'
import { ConflictError, InvalidError } from '../../errors.js'
import { issueBalance } from '../../issues/balance.js'
import { issueWithBlocks } from '../../issues/issue.js'
import type { Finding } from '../../issues/preflight/finding.js'
import { type PreflightNeeds, preflight } from '../../issues/preflight/preflight.js'
import { previewIssue } from '../../issues/preview-issue.js'
import { scheduleIssue } from '../../issues/schedule-issue.js'
import { formatTime, parseLocalTime, toLocalTime } from '../local-time.js'
import { accountOf } from '../middleware/sessions.js'
import { renderPage } from '../page.js'
import { canaryChoice, readCanary } from './canary-choice.js'
import { draftOf, issueIdOf } from './composer/blocks.js'
import { checksView } from './preflight/checks-view.js'
import { hasUnseenWarnings, seenWarnings } from './preflight/seen-warnings.js'

type Needs = PreflightNeeds

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
    const seen = typeof req.body?.seen === 'string' ? req.body.seen : null
    if (await hasUnseenWarnings(ctx, issueId, { seen, sendAt: moment, timeZone }))
      return show(ctx, req, { res: res.status(422), isNow, sendAt, typed, conflict: LOOK_AGAIN })
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
  const sendAtMoment = isNow ? ctx.clock.now() : momentOf(sendAt, timeZone)
  const result = await preflight(ctx, issue, preview, { sendAt: sendAtMoment, timeZone })
  const findings = withRefused(result.findings, errors)
  renderPage(res, 'coordinator/issue/schedule', {
    title: 'Check and schedule',
    issue,
    balance,
    conflict,
    checks: checksView(ctx, { issue, preview, result: { ...result, findings }, state: {} }),
    seen: seenWarnings(findings),
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

const LOOK_AGAIN =
  'Look once more: the time that you chose brings new hints. Schedule anyway, or mend them first.'
const SHOWN_AT_FIELD = ['sendAt', 'canary']

/** What was refused only when it came to it, such as an audience that is empty by now. */
function withRefused(findings: readonly Finding[], errors: Readonly<Record<string, string>>): Finding[] {
  const refused = Object.entries(errors).filter(
    ([field, message]) =>
      !SHOWN_AT_FIELD.some((shown) => field.startsWith(shown)) &&
      !findings.some((finding) => finding.message === message),
  )
  const place = { check: 'schedule', severity: 'error', blockId: null, line: null } as const
  return [
    ...refused.map(([field, message]) => ({ ...place, group: 'words' as const, field, message })),
    ...findings,
  ]
}

function momentOf(sendAt: string | undefined, timeZone: string): Date | null {
  try {
    return sendAt ? parseLocalTime(sendAt, { timeZone, field: 'sendAt' }) : null
  } catch (error) {
    if (error instanceof InvalidError) return null
    throw error
  }
}

function nextHour(now: Date): Date {
  return new Date(Math.ceil((now.getTime() + 1) / HOUR_MS) * HOUR_MS)
}

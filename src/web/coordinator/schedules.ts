import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { SendingSettings } from '../../../db/tables/sending-settings.js'
import { opensAt } from '../../delivery/limits/sending-window.js'
import { releaseDueIssues } from '../../delivery/release-due-issues.js'
import { ConflictError, InvalidError } from '../../errors.js'
import { issueBalance } from '../../issues/balance.js'
import { type IssueWithBlocks, issueWithBlocks } from '../../issues/issue.js'
import { keepSubjectTest } from '../../issues/keep-subject-test.js'
import { planIssue } from '../../issues/plan-issue.js'
import type { Finding } from '../../issues/preflight/finding.js'
import { type PreflightNeeds, preflight } from '../../issues/preflight/preflight.js'
import { previewIssue } from '../../issues/preview-issue.js'
import { scheduleIssue } from '../../issues/schedule-issue.js'
import { timeZones } from '../../time-zones.js'
import { formatTime, toLocalTime } from '../local-time.js'
import { accountOf } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { windowWords } from '../window-words.js'
import { approvalView } from './approval-view.js'
import { canaryChoice, readFirstFew } from './canary-choice.js'
import { draftOf, issueIdOf, showRefused } from './composer/blocks.js'
import { checksView } from './preflight/checks-view.js'
import { hasUnseenWarnings, seenWarnings } from './preflight/seen-warnings.js'
import { readSendTime, type TypedTime, whenNote } from './schedule-time.js'

type Needs = PreflightNeeds

const HOUR_MS = 3_600_000
const USUAL_HOUR = 'T09:00'

/** `/issues/:issueId/schedule`: GET shows the balance and what is still to mend, POST schedules for now or for a time; `…/time` says what a time means, `…/subjects` keeps who tries which subjects with the draft. */
export function scheduleRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.get('/', (req, res) => show(ctx, req, { res }))
  router.post('/', (req, res) => schedule(ctx, req, res))
  router.get('/time', async (req, res) => {
    const { timeZone } = accountOf(res)
    const settings = await settingsOf(ctx.db)
    const around = { settings, ownZone: timeZone, now: ctx.clock.now() }
    renderPage(res, 'coordinator/issue/when-note', {
      title: 'Time',
      layout: false,
      whenNote: whenNote(typedTime(req.query, timeZone), around),
    })
  })
  router.post('/subjects', (req, res) => keep(ctx, req, res))
  router.post('/plan', (req, res) => plan(ctx, req, res))
  return router
}

const When = z.enum(['now', 'later'])
const TypedText = z.string().trim().max(100).catch('')

function typedTime(fields: Readonly<Record<string, unknown>> | undefined, timeZone: string): TypedTime {
  const text = (name: string) => TypedText.parse(fields?.[name])
  return {
    sendAt: text('sendAt'),
    zone: text('zone') || timeZone,
    which: text('which'),
    isOwn: text('own') === 'on',
  }
}

async function schedule(ctx: Needs, req: Request, res: Response): Promise<void> {
  const issueId = issueIdOf(req)
  const when = When.safeParse(req.body?.when)
  const isNow = when.data === 'now'
  const time = typedTime(req.body, accountOf(res).timeZone)
  const typed = req.body ?? {}
  try {
    if (!when.success) throw new InvalidError({ when: 'Say whether it goes out now or at a time.' })
    const first = readFirstFew(req.body)
    const { timeZone } = accountOf(res)
    const { moment, zone } = isNow ? { moment: await afterRecall(ctx), zone: null } : readSendTime(time)
    const ownTime = !isNow && time.isOwn ? time.sendAt.slice(0, 16) : null
    const seen = typeof req.body?.seen === 'string' ? req.body.seen : null
    if (await hasUnseenWarnings(ctx, issueId, { seen, sendAt: moment, timeZone: zone ?? timeZone }))
      return show(ctx, req, { res: res.status(422), isNow, time, typed, conflict: LOOK_AGAIN })
    const by = accountOf(res).id
    await scheduleIssue(ctx, { ...draftOf(req, issueId), ...first, sendZone: zone, ownTime, by }, moment)
    // What is due now need not wait for the next tick.
    if (isNow) await releaseDueIssues(ctx)
    res.redirect(303, `/issues/${issueId}`)
  } catch (error) {
    if (error instanceof InvalidError) {
      return show(ctx, req, { res: res.status(422), isNow, time, typed, errors: error.issues })
    }
    if (!(error instanceof ConflictError)) throw error
    await show(ctx, req, { res: res.status(409), isNow, time, typed, conflict: error.message })
  }
}

async function keep(ctx: Needs, req: Request, res: Response): Promise<void> {
  const issueId = issueIdOf(req)
  const typed = req.body ?? {}
  const isNow = typed.when !== 'later'
  const time = typedTime(req.body, accountOf(res).timeZone)
  try {
    await keepSubjectTest(ctx, draftOf(req, issueId), readFirstFew(req.body))
    res.redirect(303, withNotice(`/issues/${issueId}/schedule`, 'saved'))
  } catch (error) {
    if (!(error instanceof InvalidError || error instanceof ConflictError)) throw error
    const said = error instanceof ConflictError ? { conflict: error.message } : { errors: error.issues }
    await show(ctx, req, { res: res.status('errors' in said ? 422 : 409), isNow, time, typed, ...said })
  }
}

const PlannedDay = z.union([z.literal(''), z.iso.date()])

async function plan(ctx: Needs, req: Request, res: Response): Promise<void> {
  const issueId = issueIdOf(req)
  const day = PlannedDay.safeParse(req.body?.planned_on ?? '')
  const errors = { planned_on: 'Choose a day.' }
  if (!day.success) return show(ctx, req, { res: res.status(422), errors })
  try {
    await planIssue(ctx, { issueId, day: day.data || null })
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    return showRefused(ctx, { req, res, issueId }, error)
  }
  res.redirect(303, withNotice(`/issues/${issueId}/schedule`, 'saved'))
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
  time?: TypedTime
  typed?: Readonly<Record<string, unknown>>
  errors?: Readonly<Record<string, string>>
  conflict?: string
}

async function show(
  ctx: Needs,
  req: Request,
  { res, isNow, time, typed, errors = {}, conflict }: Answer,
): Promise<void> {
  const issue = await issueWithBlocks(ctx, issueIdOf(req))
  if (issue.status !== 'draft') return res.redirect(303, `/issues/${issue.id}`)
  const { timeZone } = accountOf(res)
  const [balance, preview, settings, canary] = await Promise.all([
    issueBalance(ctx.db, issue.id, ctx.clock.now()),
    previewIssue(ctx, issue.id),
    settingsOf(ctx.db),
    canaryChoice(ctx, issue, { typed: typed ?? null, errors }),
  ])
  const goesNow = isNow ?? issue.planned_on === null
  const meant = goesNow ? { moment: ctx.clock.now(), zone: null } : momentOf(time)
  const result = await preflight(ctx, issue, preview, {
    sendAt: meant?.moment ?? null,
    timeZone: meant?.zone ?? timeZone,
  })
  const approval = await approvalView(ctx, res, { issueId: issue.id })
  const findings = withRefused(
    result.findings,
    approval.missing === null ? errors : { ...errors, approval: approval.missing },
  )
  renderPage(res, 'coordinator/issue/schedule', {
    title: 'Check and schedule',
    issue,
    balance,
    approval,
    conflict,
    checks: checksView(ctx, { issue, preview, result: { ...result, findings }, state: {} }),
    seen: seenWarnings(findings),
    canary,
    errors,
    isNow: goesNow,
    ...whenView({ ctx, issue, settings, timeZone, time, errors }),
  })
}

type When = {
  ctx: Needs
  issue: IssueWithBlocks
  settings: SendingSettings
  timeZone: string
  time: TypedTime | undefined
  errors: Readonly<Record<string, string>>
}

function whenView({ ctx, issue, settings, timeZone, time, errors }: When) {
  const now = ctx.clock.now()
  const zone = time?.zone || issue.send_zone || timeZone
  const planned = issue.planned_on && `${issue.planned_on}${USUAL_HOUR}`
  const sendAt = time?.sendAt || planned || toLocalTime(nextHour(now), issue.send_zone || timeZone)
  const isOwn = time ? time.isOwn : issue.own_time !== null
  const typed = { sendAt, zone, which: time?.which ?? '', isOwn }
  return {
    recallSeconds: settings.recall_seconds,
    window: windowWords(settings),
    opens: opensAt(settings, now),
    sendAt,
    zone,
    isOwn,
    zones: timeZones(),
    // What is wrong stands at the field.
    whenNote:
      errors['sendAt'] || errors['zone'] ? null : whenNote(typed, { settings, ownZone: timeZone, now }),
    nowThere: formatTime(now, timeZone),
    plannedOn: issue.planned_on ?? '',
  }
}

const LOOK_AGAIN =
  'Look once more: the time that you chose brings new hints. Schedule anyway, or mend them first.'
const SHOWN_AT_FIELD = ['when', 'sendAt', 'zone', 'which', 'own', 'canary', 'subject_', 'planned_on']

/** What was refused only when it came to it, such as an audience that is empty by now. */
function withRefused(findings: readonly Finding[], errors: Readonly<Record<string, string>>): Finding[] {
  const refused = Object.entries(errors).filter(
    ([field, message]) =>
      !SHOWN_AT_FIELD.some((shown) => field.startsWith(shown)) &&
      !findings.some((finding) => finding.message === message),
  )
  const place = {
    check: 'schedule',
    severity: 'error',
    blockId: null,
    line: null,
    translation: null,
  } as const
  return [
    ...refused.map(([field, message]) => ({ ...place, group: 'words' as const, field, message })),
    ...findings,
  ]
}

// Null while the words mean no moment.
function momentOf(time: TypedTime | undefined): { moment: Date; zone: string } | null {
  try {
    return time ? readSendTime(time) : null
  } catch (error) {
    if (error instanceof InvalidError) return null
    throw error
  }
}

function nextHour(now: Date): Date {
  return new Date(Math.ceil((now.getTime() + 1) / HOUR_MS) * HOUR_MS)
}

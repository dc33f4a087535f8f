import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { SendingSettings } from '../../../db/tables/sending-settings.js'
import type { Context } from '../../context.js'
import { opensAt } from '../../delivery/limits/sending-window.js'
import { releaseDueIssues } from '../../delivery/release-due-issues.js'
import { ConflictError, InvalidError } from '../../errors.js'
import { issueBalance } from '../../issues/balance.js'
import { type IssueWithBlocks, issueWithBlocks } from '../../issues/issue.js'
import { planIssue } from '../../issues/plan-issue.js'
import { previewIssue } from '../../issues/preview-issue.js'
import { scheduleIssue } from '../../issues/schedule-issue.js'
import { timeZones } from '../../time-zones.js'
import { formatTime, toLocalTime } from '../local-time.js'
import { accountOf } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { windowWords } from '../window-words.js'
import { canaryChoice, readFirstFew } from './canary-choice.js'
import { draftOf, issueIdOf } from './composer/blocks.js'
import { problemViews } from './composer/composer-page.js'
import { composerPath } from './composer/composer-state.js'
import { readSendTime, type TypedTime, whenNote } from './schedule-time.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>

const HOUR_MS = 3_600_000
const USUAL_HOUR = 'T09:00'

/** `/issues/:issueId/schedule`: GET shows the balance and what is still to mend, POST schedules for now or for a time; `…/time` says what a time means. */
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
  router.post('/plan', (req, res) => plan(ctx, req, res))
  return router
}

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
  const isNow = req.body?.when !== 'later'
  const time = typedTime(req.body, accountOf(res).timeZone)
  const typed = req.body ?? {}
  try {
    const first = readFirstFew(req.body)
    const { moment, zone } = isNow ? { moment: await afterRecall(ctx), zone: null } : readSendTime(time)
    const ownTime = !isNow && time.isOwn ? time.sendAt.slice(0, 16) : null
    await scheduleIssue(ctx, { ...draftOf(req, issueId), ...first, sendZone: zone, ownTime }, moment)
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

const PlannedDay = z.union([z.literal(''), z.iso.date()])

async function plan(ctx: Needs, req: Request, res: Response): Promise<void> {
  const issueId = issueIdOf(req)
  const day = PlannedDay.safeParse(req.body?.planned_on ?? '')
  const errors = { planned_on: 'Choose a day.' }
  if (!day.success) return show(ctx, req, { res: res.status(422), errors })
  await planIssue(ctx, { issueId, day: day.data || null })
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
    issueBalance(ctx.db, issue.id),
    previewIssue(ctx, issue.id, { everyLanguage: true }),
    settingsOf(ctx.db),
    canaryChoice(ctx, issue, { typed: typed ?? null, errors }),
  ])
  const all = [...missingDetails(issue.id, errors), ...problemViews(issue, preview, {})]
  renderPage(res, 'coordinator/issue/schedule', {
    title: 'Check and schedule',
    issue,
    balance,
    conflict,
    problems: all,
    errorCount: all.filter(({ isError }) => isError).length,
    canary,
    errors,
    isNow: isNow ?? issue.planned_on === null,
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
  const sendAt = time?.sendAt || planned || toLocalTime(nextHour(now), timeZone)
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

function missingDetails(issueId: string, errors: Readonly<Record<string, string>>) {
  return Object.entries(errors)
    .filter(([field]) => field in DETAIL_LABELS)
    .map(([field, message]) => ({
      isError: true,
      message,
      where: DETAIL_LABELS[field],
      line: null,
      href: composerPath(issueId, { edit: 'details' }),
    }))
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

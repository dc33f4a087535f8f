import type { Response } from 'express'
import { canaryState } from '../../delivery/canary-state.js'
import { progress } from '../../delivery/progress.js'
import { whyStill } from '../../delivery/standstill.js'
import { subjectTestState } from '../../delivery/subject-test-state.js'
import { type IssueWithBlocks, issueWithBlocks } from '../../issues/issue.js'
import type { PreflightNeeds } from '../../issues/preflight/preflight.js'
import { formatTime } from '../local-time.js'
import { accountOf } from '../middleware/sessions.js'
import { renderPage } from '../page.js'
import { progressView } from '../progress-view.js'
import { speedView, type TypedSpeed } from '../speed-view.js'
import { type ComposerView, renderComposer } from './composer/composer-page.js'
import { typedWords } from './composer/shown-words.js'
import { reportView } from './report/report-view.js'
import { testView } from './test-view.js'

const RECALL_MAX_S = 120

/** What a request leaves to be shown with an issue. */
export type IssueView = ComposerView & { speed?: TypedSpeed }

type Needs = PreflightNeeds

/** Renders an issue: a draft in its composer, any other with its balance and how far it has come. */
export async function renderIssue(
  ctx: Needs,
  res: Response,
  issueId: string,
  view: IssueView,
): Promise<void> {
  const issue = await issueWithBlocks(ctx, issueId)
  if (issue.status === 'draft') return renderComposer(ctx, res, issueId, view)
  await renderReport(ctx, res, issue, view)
}

async function renderReport(
  ctx: Needs,
  res: Response,
  issue: IssueWithBlocks,
  { refusal, test, speed }: IssueView,
): Promise<void> {
  const { status } = issue
  const counts = await progress(ctx.db, issue.id)
  const [standstill, canary, settings, subjectTest] = await Promise.all([
    whyStill(ctx, issue.id, counts),
    canaryState(ctx, issue.id),
    ctx.db.selectFrom('sending_settings').select('rate_per_hour').executeTakeFirstOrThrow(),
    subjectTestState(ctx.db, issue.id),
  ])
  const { timeZone } = accountOf(res)
  renderPage(res, 'coordinator/issue/report', {
    title: issue.title,
    issue,
    live: progressView(issue, counts, { perSecond: null, standstill, canary, timeZone }),
    balance: issue.balance ?? issue.scheduled_balance,
    ...(await reportView(ctx, issue, { counts, timeZone })),
    speed: speedView(issue, settings.rate_per_hour, speed ?? null),
    subjectTest,
    there: timeThere(issue, timeZone),
    isScheduled: status === 'scheduled',
    secondsLeft: secondsLeft(issue, ctx.clock.now()),
    isSending: status === 'sending',
    isPaused: status === 'paused',
    isMoving: status === 'sending' || status === 'paused' || status === 'scheduled',
    conflict: refusal?.conflict,
    lostText: refusal?.typed ? typedWords(res.req.body) : null,
    test: await testView(ctx, res, { chosen: null, answer: test }),
  })
}

/** Seconds until an issue leaves, while it can still be recalled; null when that is further off. */
function secondsLeft({ status, send_at }: IssueWithBlocks, now: Date): number | null {
  const seconds = send_at ? Math.ceil((send_at.getTime() - now.getTime()) / 1000) : 0
  return status === 'scheduled' && seconds > 0 && seconds <= RECALL_MAX_S ? seconds : null
}

/** What there is to say about the hour of an issue beside the account's own clock; null when there is nothing. */
function timeThere({ send_at, send_zone, own_time }: IssueWithBlocks, ownZone: string): string | null {
  if (own_time)
    return `That is when the first reader gets it: everybody gets it at ${own_time.slice(11)} on ${own_time.slice(0, 10)} by their own clock.`
  if (!send_at || !send_zone || send_zone === ownZone) return null
  return `That is ${formatTime(send_at, send_zone)} in ${send_zone}.`
}

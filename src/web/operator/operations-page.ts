import type { Response } from 'express'
import type { Worker } from '../../../db/tables/worker.js'
import type { Context } from '../../context.js'
import { capturedCount } from '../../operations/captured-mails.js'
import { type IssueInFlight, operationsOverview } from '../../operations/operations-overview.js'
import { sendingOverview } from '../../operations/sending-overview.js'
import { accountOf } from '../middleware/sessions.js'
import { renderPage } from '../page.js'
import { progressView } from '../progress-view.js'
import { speedView, type TypedSpeed } from '../speed-view.js'
import { relayViews } from './relay-views.js'
import { providerViews } from './sending/provider-views.js'

/** What of a refused form is shown again. */
export type RefusedSpeed = TypedSpeed & { issueId: string }

// Heartbeats come every five seconds.
const SILENT_AFTER_MS = 20_000

/** Renders `/operations`: what an operator needs to see before anything else. */
export async function showOperations(
  ctx: Context,
  res: Response,
  refused: RefusedSpeed | null = null,
): Promise<void> {
  const [overview, sending, captured] = await Promise.all([
    operationsOverview(ctx),
    sendingOverview(ctx),
    capturedCount(ctx),
  ])
  const { issues, queues, backend, workers, errors } = overview
  const { timeZone } = accountOf(res)
  const now = ctx.clock.now()
  const total = sending.settings.rate_per_hour
  renderPage(res, 'operator/operations', {
    title: 'Operations',
    isWide: true,
    issues: issues.map((issue) => issueView(issue, { timeZone, total, refused })),
    queues,
    backendName: backend === 'redis' ? 'Redis' : 'PostgreSQL',
    workers,
    processes: sending.workers.map((worker) => processView(worker, now)),
    relays: relayViews(ctx.config, sending.relays, now),
    isInbox: ctx.config.smtpUrl === null,
    providers: providerViews(sending.providers, now).filter(
      ({ isResting, isRecovering }) => isResting || isRecovering,
    ),
    errors,
    capturedCount: captured,
    checkedAt: now,
  })
}

type Around = { timeZone: string; total: number | null; refused: RefusedSpeed | null }

function issueView(issue: IssueInFlight, { timeZone, total, refused }: Around) {
  const { counts, standstill, canary, status } = issue
  const typed = refused?.issueId === issue.id ? refused : null
  return {
    ...issue,
    live: progressView(issue, counts, { perSecond: null, standstill, canary, timeZone }),
    speed: speedView(issue, total, typed),
    isSpeedOpen: typed !== null,
    rejected: counts.rejected,
    unknown: counts.unknown,
    isSending: status === 'sending',
    isPaused: status === 'paused',
    mayCancel: ['scheduled', 'sending', 'paused'].includes(status),
    mayRetry: counts.rejected > 0 && status !== 'cancelled',
  }
}

function processView({ id, host, started_at, seen_at }: Worker, now: Date) {
  const silence = now.getTime() - seen_at.getTime()
  return {
    // The end of the id is what differs between processes that start together.
    shortId: id.slice(-6),
    host,
    started_at,
    secondsAgo: Math.max(0, Math.round(silence / 1000)),
    isSilent: silence > SILENT_AFTER_MS,
  }
}

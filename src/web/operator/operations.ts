import { type Request, type Response, Router } from 'express'
import type { Context } from '../../context.js'
import { cancelIssue } from '../../delivery/cancel-issue.js'
import { pauseIssue } from '../../delivery/pause-issue.js'
import { resumeIssue } from '../../delivery/resume-issue.js'
import { operationsOverview } from '../../operations/operations-overview.js'
import { retryRejected } from '../../operations/retry-rejected.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'
import { progressView } from '../progress-view.js'
import { deliveryRoutes } from './deliveries.js'

type Step = { issueId: string; by: string }

/** `/operations`: issues in flight, queues, workers and our trouble with SMTP; and what an operator may do about an issue. */
export function operationRoutes(ctx: Context): Router {
  const router = Router()
  router.use(requireDuty('operate'))
  router.get('/', (_req, res) => show(ctx, res))
  router.use('/deliveries', deliveryRoutes(ctx))
  router.post(
    '/issues/:issueId/pause',
    step((on) => pauseIssue(ctx, on)),
  )
  router.post(
    '/issues/:issueId/resume',
    step((on) => resumeIssue(ctx, on)),
  )
  router.post(
    '/issues/:issueId/cancellation',
    step((on) => cancelIssue(ctx, on)),
  )
  router.post(
    '/issues/:issueId/retry',
    step(async (on) => {
      await retryRejected(ctx, on)
    }),
  )
  return router
}

function step(verb: (on: Step) => Promise<void>) {
  return async (req: Request, res: Response) => {
    await verb({ issueId: pathId(req, 'issueId'), by: accountOf(res).id })
    res.redirect(303, withNotice('/operations', 'done'))
  }
}

async function show(ctx: Context, res: Response): Promise<void> {
  const { issues, queues, backend, workers, errors } = await operationsOverview(ctx)
  const { timeZone } = accountOf(res)
  renderPage(res, 'operator/operations', {
    title: 'Operations',
    isWide: true,
    issues: issues.map((issue) => ({
      ...issue,
      live: progressView(issue, issue.counts, { perSecond: null, standstill: issue.standstill, timeZone }),
      rejected: issue.counts.rejected,
      unknown: issue.counts.unknown,
      isSending: issue.status === 'sending',
      isPaused: issue.status === 'paused',
      mayCancel: ['scheduled', 'sending', 'paused'].includes(issue.status),
      mayRetry: issue.counts.rejected > 0 && issue.status !== 'cancelled',
    })),
    queues,
    backendName: backend === 'redis' ? 'Redis' : 'PostgreSQL',
    workers,
    errors,
    checkedAt: ctx.clock.now(),
  })
}

import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { cancelIssue } from '../../delivery/cancel-issue.js'
import { changeSpeed } from '../../delivery/change-speed.js'
import { SpeedForm } from '../../delivery/limits/limit-forms.js'
import { pauseIssue } from '../../delivery/pause-issue.js'
import { resumeIssue } from '../../delivery/resume-issue.js'
import { InvalidError } from '../../errors.js'
import { retryRejected } from '../../operations/retry-rejected.js'
import { wakeProvider } from '../../operations/wake-provider.js'
import { wakeRelay } from '../../operations/wake-relay.js'
import { readForm } from '../form.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { pathId } from '../path-id.js'
import { deliveryRoutes } from './deliveries.js'
import { showOperations } from './operations-page.js'

type Step = { issueId: string; by: string }

const Named = z.object({ name: z.string().max(300) })

/** `/operations`: issues in flight, queues, workers, mail servers and providers; and what an operator may do about them. */
export function operationRoutes(ctx: Context): Router {
  const router = Router()
  router.use(requireDuty('operate'))
  router.get('/', (_req, res) => showOperations(ctx, res))
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
  router.post('/issues/:issueId/speed', (req, res) => setSpeed(ctx, req, res))
  for (const [path, wake] of [
    ['relays', wakeRelay],
    ['providers', wakeProvider],
  ] as const)
    router.post(`/${path}/waking`, async (req, res) => {
      await wake(ctx, { ...readForm(Named, req.body), by: accountOf(res).id })
      res.redirect(303, withNotice('/operations', 'done'))
    })
  return router
}

function step(verb: (on: Step) => Promise<void>) {
  return async (req: Request, res: Response) => {
    await verb({ issueId: pathId(req, 'issueId'), by: accountOf(res).id })
    res.redirect(303, withNotice('/operations', 'done'))
  }
}

async function setSpeed(ctx: Context, req: Request, res: Response): Promise<void> {
  const issueId = pathId(req, 'issueId')
  try {
    const { rate_per_hour: ratePerHour } = readForm(SpeedForm, req.body)
    await changeSpeed(ctx, { issueId, ratePerHour, by: accountOf(res).id })
    res.redirect(303, withNotice('/operations', 'saved'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    const typed = String(req.body?.rate_per_hour ?? '')
    await showOperations(ctx, res.status(422), { issueId, typed, error: error.message })
  }
}

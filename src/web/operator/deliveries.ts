import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { type FoundDelivery, findDeliveries } from '../../operations/find-deliveries.js'
import { resolveUnknown } from '../../operations/resolve-unknown.js'
import { retryRejected } from '../../operations/retry-rejected.js'
import { readForm } from '../form.js'
import { accountOf } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>

const Filter = z.object({
  q: z.string().max(254).catch(''),
  issue: z.uuid().optional().catch(undefined),
  status: z.enum(['rejected', 'unknown']).optional().catch(undefined),
})
const Origin = z.object({ issueId: z.uuid(), back: z.string().max(500).catch('') })

/** `/operations/deliveries`: finds a person's deliveries; POST `…/:id/retry`, `…/:id/acceptance` and `…/:id/resend` act on one. */
export function deliveryRoutes(ctx: Needs): Router {
  const router = Router()
  router.get('/', (req, res) => show(ctx, req, res))
  router.post('/:id/retry', async (req, res) => {
    const { issueId } = readForm(Origin, req.body)
    await retryRejected(ctx, { issueId, deliveryIds: [pathId(req, 'id')], by: accountOf(res).id })
    goBack(req, res)
  })
  for (const [path, as] of [
    ['acceptance', 'accepted'],
    ['resend', 'resend'],
  ] as const)
    router.post(`/:id/${path}`, async (req, res) => {
      const { issueId } = readForm(Origin, req.body)
      const on = { issueId, deliveryIds: [pathId(req, 'id')], by: accountOf(res).id }
      await resolveUnknown(ctx, { ...on, as })
      goBack(req, res)
    })
  return router
}

function goBack(req: Request, res: Response): void {
  const query = new URLSearchParams(readForm(Origin, req.body).back)
  query.delete('notice')
  res.redirect(303, withNotice(`/operations/deliveries?${query}`, 'done'))
}

async function show(ctx: Needs, req: Request, res: Response): Promise<void> {
  const { q, issue, status } = Filter.parse(req.query)
  const found = await findDeliveries(ctx, {
    address: q,
    ...(issue ? { issueId: issue } : {}),
    ...(status ? { status } : {}),
  })
  const query = new URLSearchParams({ q, ...(issue ? { issue } : {}), ...(status ? { status } : {}) })
  renderPage(res, 'operator/deliveries', {
    title: 'Deliveries',
    q,
    isAsked: Boolean(q || issue),
    isCut: found.length >= 100,
    back: query.toString(),
    deliveries: found.map(deliveryView),
  })
}

const WORDS: Readonly<Record<FoundDelivery['status'], string>> = {
  pending: 'waiting',
  sending: 'being sent',
  accepted: 'accepted',
  rejected: 'rejected',
  unknown: 'in doubt',
  skipped: 'skipped',
}

function deliveryView(delivery: FoundDelivery) {
  const reply = delivery.smtp_text ?? ''
  return {
    ...delivery,
    word: delivery.status === 'pending' && delivery.attempts > 0 ? 'deferred' : WORDS[delivery.status],
    reply,
    isRejected: delivery.status === 'rejected',
    isUnknown: delivery.status === 'unknown',
    isGood: delivery.status === 'accepted',
  }
}

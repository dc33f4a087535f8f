import { Router } from 'express'
import { confirmSubscription } from '../../audience/confirm-subscription.js'
import { findConfirmation } from '../../audience/find-confirmation.js'
import type { Context } from '../../context.js'
import { renderSubscriberPage, subscriberErrors, subscriberHeaders } from './subscriber-page.js'

/** `/confirmations/:token`: GET shows a button (mail scanners follow links), POST confirms. */
export function confirmationRoutes(ctx: Pick<Context, 'db' | 'clock' | 'keys'>): Router {
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/:token', async (req, res) => {
    const confirmation = await findConfirmation(ctx, req.params.token)
    const [page, title] = confirmation.isUsed
      ? ['confirmed', 'You are subscribed']
      : ['confirm', 'Confirm your subscription']
    renderSubscriberPage(res, page, { title, ...confirmation })
  })
  router.post('/:token', async (req, res) => {
    const confirmation = await confirmSubscription(ctx, req.params.token)
    renderSubscriberPage(res, 'confirmed', { title: 'You are subscribed', ...confirmation })
  })
  router.use(subscriberErrors)
  return router
}

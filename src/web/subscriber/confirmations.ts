import { type Request, type Response, Router } from 'express'
import { confirmSubscription } from '../../audience/confirm-subscription.js'
import { findConfirmation, type ShownConfirmation } from '../../audience/find-confirmation.js'
import type { Context } from '../../context.js'
import { messagesFor } from '../../rendering/messages/messages-for.js'
import { pageLanguage } from '../page-language.js'
import { renderSubscriberPage, subscriberErrors, subscriberHeaders } from './subscriber-page.js'

/** `/confirmations/:token`: GET shows a button (mail scanners follow links), POST confirms. */
export function confirmationRoutes(ctx: Pick<Context, 'db' | 'clock' | 'keys' | 'queues'>): Router {
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/:token', async (req, res) => show(req, res, await findConfirmation(ctx, req.params.token)))
  router.post('/:token', async (req, res) => show(req, res, await confirmSubscription(ctx, req.params.token)))
  router.use(subscriberErrors)
  return router
}

const PAGES = {
  asked: { page: 'confirm', title: 'title' },
  on: { page: 'confirmed', title: 'doneTitle' },
  off: { page: 'not-subscribed', title: 'offTitle' },
} as const

function show(
  req: Request,
  res: Response,
  { languages, standing, ...confirmation }: ShownConfirmation,
): void {
  const language = pageLanguage(req, ...languages)
  const { page, title } = PAGES[standing]
  renderSubscriberPage(res, page, {
    language,
    title: messagesFor(language).confirm[title],
    ...confirmation,
  })
}

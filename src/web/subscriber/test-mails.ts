import { Router } from 'express'
import { renderSubscriberPage, subscriberHeaders } from './subscriber-page.js'

/** Where the personal links of a test mail lead; a mail program that unsubscribes by one click is told yes, and nothing changes. */
export function testMailRoutes(): Router {
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/', (_req, res) => renderSubscriberPage(res, 'test-mail', { title: 'This was a test mail' }))
  router.post('/', (_req, res) => {
    res.sendStatus(200)
  })
  return router
}

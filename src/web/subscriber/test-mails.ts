import { Router } from 'express'
import { messagesFor } from '../../rendering/messages/messages-for.js'
import { pageLanguage } from '../page-language.js'
import { renderSubscriberPage, subscriberHeaders } from './subscriber-page.js'

/** Where the personal links of a test mail lead; a mail program that unsubscribes by one click is told yes, and nothing changes. */
export function testMailRoutes(): Router {
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/', (req, res) => {
    const language = pageLanguage(req)
    renderSubscriberPage(res, 'test-mail', { language, title: messagesFor(language).pages.testTitle })
  })
  router.post('/', (_req, res) => {
    res.sendStatus(200)
  })
  return router
}

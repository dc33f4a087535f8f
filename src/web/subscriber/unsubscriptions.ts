import { type ErrorRequestHandler, type Request, type Response, Router, raw } from 'express'
import { type DeliveryIds, readDeliveryToken } from '../../audience/tokens.js'
import { findUnsubscription, unsubscribe } from '../../audience/unsubscribe.js'
import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import { renderSubscriberPage, subscriberErrors, subscriberHeaders } from './subscriber-page.js'

/** What the button of our own page sends along; everything else that posts is a mail program's one-click (RFC 8058 §3.2). */
const PAGE_BODY = 'from=page'

// The body carries nothing that the token does not say, so one that cannot be read must not stop anybody from leaving.
const ignoreUnreadableBody: ErrorRequestHandler = (_error, _req, _res, next) => next()

/** `/u/:token`: GET shows one button and changes nothing, POST unsubscribes. Mount it before body parsers, sessions and CSRF checks. */
export function unsubscriptionRoutes(ctx: Pick<Context, 'db' | 'clock' | 'keys'>): Router {
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/:token', async (req, res) => {
    const { maskedEmail, lists } = await findUnsubscription(ctx, idsOf(ctx, req.params.token))
    const on = lists.filter((list) => list.isOn)
    renderSubscriberPage(res, 'unsubscribe', {
      title: 'Unsubscribe',
      maskedEmail,
      lists: on,
      isOff: lists.length > 0 && on.length === 0,
    })
  })
  const readBody = raw({ type: () => true, limit: '10kb' })
  router.post('/:token', readBody, ignoreUnreadableBody, async (req: Request, res: Response) => {
    const isPage = Buffer.isBuffer(req.body) && req.body.toString() === PAGE_BODY
    const channel = isPage ? 'page' : 'one-click'
    const { maskedEmail, lists } = await unsubscribe(ctx, {
      ...idsOf(ctx, String(req.params['token'])),
      channel,
    })
    if (!isPage) return void res.type('text').send('You are unsubscribed.\n')
    renderSubscriberPage(res, 'unsubscribed', { title: 'You are unsubscribed', maskedEmail, lists })
  })
  router.use(subscriberErrors)
  return router
}

function idsOf({ keys }: Pick<Context, 'keys'>, token: string): DeliveryIds {
  const ids = readDeliveryToken(keys, 'unsub', token)
  if (!ids) throw new NotFoundError('This link is not one of ours.')
  return ids
}

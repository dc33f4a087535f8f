import { type Request, type Response, Router } from 'express'
import { readDeliveryToken } from '../../audience/tokens.js'
import type { Context } from '../../context.js'
import { webView } from '../../delivery/web-view.js'
import { NotFoundError } from '../../errors.js'
import { mailPolicy } from '../mail-policy.js'
import { subscriberErrors, subscriberHeaders } from './subscriber-page.js'

/** `/w/:token`: the mail as its reader got it, for those whose mail program shows it badly. */
export function webViewRoutes(ctx: Pick<Context, 'db' | 'keys' | 'config'>): Router {
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/:token', async (req: Request<{ token: string }>, res: Response) => {
    const ids = readDeliveryToken(ctx.keys, 'webview', req.params.token)
    if (!ids) throw new NotFoundError('There is nothing at this address.')
    const html = await webView(ctx, ids)
    res.set('Content-Security-Policy', mailPolicy("'none'")).type('html').send(html)
  })
  router.use(subscriberErrors)
  return router
}

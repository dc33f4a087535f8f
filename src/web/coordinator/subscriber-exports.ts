import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import { exportSubscribers } from '../../audience/export/export-subscribers.js'
import type { Context } from '../../context.js'
import { recordAudit } from '../../issues/record-audit.js'
import { accountOf } from '../middleware/sessions.js'
import { filterOf, readSubscriberQuery } from './subscribers/subscriber-query.js'

/** `/subscribers/export.csv`: everybody that a search of the subscribers' page finds, or a list has; it is noted who took them. */
export function subscriberExportRoutes(ctx: Pick<Context, 'db' | 'clock'>): Router {
  const router = Router()
  router.get('/', async (req, res) => {
    const query = readSubscriberQuery(req.query)
    const filter = await filterOf(ctx, query)
    const by = accountOf(res).id
    await recordAudit(ctx.db, {
      action: 'export-subscribers',
      subjectIds: query.list ? [query.list] : [],
      by,
      now: ctx.clock.now(),
    })
    res.set('Cache-Control', 'no-store').type('text/csv').attachment('subscribers.csv')
    const people = exportSubscribers(ctx.db, filter)
    await pipeline(Readable.from(people), res)
  })
  return router
}

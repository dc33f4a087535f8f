import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import { z } from 'zod'
import { exportSubscribers } from '../../audience/export/export-subscribers.js'
import type { Context } from '../../context.js'
import { recordAudit } from '../../issues/record-audit.js'
import { accountOf } from '../middleware/sessions.js'

const Filter = z.object({
  q: z.string().max(254).catch(''),
  list: z.uuid().optional().catch(undefined),
  status: z.enum(['pending', 'confirmed', 'unsubscribed']).optional().catch(undefined),
})

/** `/subscribers/export.csv`: everybody that a search of the subscribers' page finds, or a list has; it is noted who took them. */
export function subscriberExportRoutes({ db, clock }: Pick<Context, 'db' | 'clock'>): Router {
  const router = Router()
  router.get('/', async (req, res) => {
    const { q, list, status } = Filter.parse(req.query)
    const by = accountOf(res).id
    await recordAudit(db, {
      action: 'export-subscribers',
      subjectIds: list ? [list] : [],
      by,
      now: clock.now(),
    })
    res.set('Cache-Control', 'no-store').type('text/csv').attachment('subscribers.csv')
    const people = exportSubscribers(db, {
      search: q,
      ...(list ? { listId: list } : {}),
      ...(status ? { status } : {}),
    })
    await pipeline(Readable.from(people), res)
  })
  return router
}

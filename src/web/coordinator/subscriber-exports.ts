import { Router } from 'express'
import { exportSubscribers } from '../../audience/export/export-subscribers.js'
import type { Context } from '../../context.js'
import { recordAudit } from '../../issues/record-audit.js'
import { accountOf } from '../middleware/sessions.js'
import { sendCsv } from '../send-csv.js'
import { filterOf, readSubscriberQuery } from './subscribers/subscriber-query.js'

/** `/subscribers/export.csv`: everybody whom the subscribers' page finds for the same query; it is noted who took them. */
export function subscriberExportRoutes({ db, clock }: Pick<Context, 'db' | 'clock'>): Router {
  const router = Router()
  router.get('/', async (req, res) => {
    const query = readSubscriberQuery(req.query)
    const filter = await filterOf({ db, clock }, query)
    await recordAudit(db, {
      action: 'export-subscribers',
      subjectIds: [query.list, query.segment].filter(Boolean),
      by: accountOf(res).id,
      now: clock.now(),
    })
    await sendCsv(res, 'subscribers.csv', exportSubscribers(db, filter))
  })
  return router
}

import { Router } from 'express'
import type { Context } from '../../../context.js'
import { exportReport } from '../../../delivery/report/export-report.js'
import { pathId } from '../../path-id.js'

/** `/issues/:issueId/report.csv`: every number of the report, one a line. */
export function reportFileRoutes(ctx: Pick<Context, 'db' | 'clock'>): Router {
  const router = Router({ mergeParams: true })
  router.get('/', async (req, res) => {
    const issueId = pathId(req, 'issueId')
    const csv = await exportReport(ctx, issueId)
    res.set('Cache-Control', 'no-store').type('text/csv').attachment(`report-${issueId}.csv`).send(csv)
  })
  return router
}

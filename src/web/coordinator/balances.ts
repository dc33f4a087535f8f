import { Router } from 'express'
import type { Context } from '../../context.js'
import { exportBalance } from '../../delivery/export-balance.js'
import { issueWithBlocks } from '../../issues/issue.js'
import { pathId } from '../path-id.js'
import { sendCsv } from '../send-csv.js'

/** `/issues/:issueId/balance.csv`: everybody on the issue's lists, how they were counted and what came of it. */
export function balanceRoutes(ctx: Pick<Context, 'db' | 'clock'>): Router {
  const router = Router({ mergeParams: true })
  router.get('/', async (req, res) => {
    const { id } = await issueWithBlocks(ctx, pathId(req, 'issueId'))
    await sendCsv(res, `balance-${id}.csv`, exportBalance(ctx, id))
  })
  return router
}

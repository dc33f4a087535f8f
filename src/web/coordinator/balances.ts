import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import type { Context } from '../../context.js'
import { exportBalance } from '../../delivery/export-balance.js'
import { issueWithBlocks } from '../../issues/issue.js'
import { pathId } from '../path-id.js'

/** `/issues/:issueId/balance.csv`: everybody on the issue's lists, how they were counted and what came of it. */
export function balanceRoutes(ctx: Pick<Context, 'db' | 'clock'>): Router {
  const router = Router({ mergeParams: true })
  router.get('/', async (req, res) => {
    const { id } = await issueWithBlocks(ctx, pathId(req, 'issueId'))
    res.set('Cache-Control', 'no-store').type('text/csv').attachment(`balance-${id}.csv`)
    await pipeline(Readable.from(exportBalance(ctx, id)), res)
  })
  return router
}

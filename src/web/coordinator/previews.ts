import { Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { previewIssue } from '../../issues/preview-issue.js'
import { mailPolicy } from '../mail-policy.js'
import { issueIdOf } from './composer/blocks.js'

const As = z.uuid().nullable().catch(null)

/** `/issues/:issueId/preview`: the mail as its reader `?as=` would see it, for a frame of the composer. */
export function previewRoutes(ctx: Pick<Context, 'db' | 'clock'>): Router {
  const router = Router({ mergeParams: true })
  router.use((_req, res, next) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Frame-Options': 'SAMEORIGIN' })
    res.set('Content-Security-Policy', `${mailPolicy("'self'")}; sandbox`)
    next()
  })
  router.get('/', async (req, res) => {
    const preview = await previewIssue(ctx, issueIdOf(req), { as: As.parse(req.query['as']) })
    res.type('html').send(preview.html)
  })
  return router
}

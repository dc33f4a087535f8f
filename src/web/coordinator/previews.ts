import { Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { previewIssue } from '../../issues/preview-issue.js'
import { LanguageTag } from '../../rendering/languages/language-tag.js'
import { mailPolicy } from '../mail-policy.js'
import { issueIdOf } from './composer/blocks.js'
import { LOOKS, mailAs } from './mail-looks.js'

const Query = z.object({
  as: z.uuid().nullable().catch(null),
  language: LanguageTag.nullable().catch(null),
  look: z.enum(LOOKS).catch('light'),
})

/** `/issues/:issueId/preview`: the mail as its reader `?as=` would see it, or in a `?language=`, in a `?look=`, for a frame of the composer. */
export function previewRoutes(ctx: Pick<Context, 'db' | 'clock'>): Router {
  const router = Router({ mergeParams: true })
  router.use((_req, res, next) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Frame-Options': 'SAMEORIGIN' })
    // Nothing in it may run; the composer around it may see where it is clicked.
    res.set('Content-Security-Policy', `${mailPolicy("'self'")}; sandbox allow-same-origin`)
    next()
  })
  router.get('/', async (req, res) => {
    const { as, language, look } = Query.parse(req.query)
    const options = { as, language, hasAnchors: true, everyLanguage: false }
    const preview = await previewIssue(ctx, issueIdOf(req), options)
    res.type('html').send(mailAs(look, preview.html))
  })
  return router
}

import { Router } from 'express'
import { issueWithBlocks } from '../../../issues/issue.js'
import { type PreflightNeeds, preflight } from '../../../issues/preflight/preflight.js'
import { previewIssue } from '../../../issues/preview-issue.js'
import { accountOf } from '../../middleware/sessions.js'
import { issueIdOf } from '../composer/blocks.js'
import { composerState } from '../composer/composer-state.js'
import { knownReader } from '../composer/preview-view.js'
import { checksView } from './checks-view.js'

/** `/issues/:issueId/checks`: the panel of checks as it is now, for a page that waits for something being found out. */
export function checkRoutes(ctx: PreflightNeeds): Router {
  const router = Router({ mergeParams: true })
  router.get('/', async (req, res) => {
    const state = composerState(req)
    const issue = await issueWithBlocks(ctx, issueIdOf(req))
    const reader = await knownReader(ctx, state.as)
    const preview = await previewIssue(ctx, issue.id, { as: reader?.id ?? null })
    const { timeZone } = accountOf(res)
    const result = await preflight(ctx, issue, preview, { timeZone })
    res.set('Cache-Control', 'no-store').render('partials/checks', {
      layout: false,
      checks: checksView(ctx, { issue, preview, result, state }),
    })
  })
  return router
}

import { Router } from 'express'
import type { Context } from '../../context.js'
import { createIssue } from '../../issues/create-issue.js'
import { issueList } from '../../issues/issue.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { renderPage } from '../page.js'
import { oneIssueRoutes } from './issue.js'

/** `/issues`: GET lists them, POST starts a draft and opens it. */
export function issueRoutes(ctx: Context): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', async (_req, res) => {
    renderPage(res, 'coordinator/issues', { title: 'Issues', issues: await issueList(ctx) })
  })
  router.post('/', async (_req, res) => {
    const id = await createIssue(ctx, { title: 'Untitled issue', accountId: accountOf(res).id })
    res.redirect(303, `/issues/${id}?edit=details`)
  })
  router.use('/:issueId', oneIssueRoutes(ctx))
  return router
}

import { Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { createIssue } from '../../issues/create-issue.js'
import { designsOffered } from '../../issues/designs.js'
import { issueList } from '../../issues/issue.js'
import { readForm } from '../form.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { renderPage } from '../page.js'
import { oneIssueRoutes } from './issue.js'

/** A button without a design starts the usual one. */
const StartForm = z.object({ design: z.string().max(100).optional() })

const UNTITLED = 'Untitled issue'

/** `/issues`: GET lists them, POST starts a draft and opens it. */
export function issueRoutes(ctx: Context): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', async (_req, res) => {
    renderPage(res, 'coordinator/issues', {
      title: 'Issues',
      issues: await issueList(ctx),
      designs: await designsOffered(ctx),
    })
  })
  router.post('/', async (req, res) => {
    const { design } = readForm(StartForm, req.body)
    const id = await createIssue(ctx, { title: UNTITLED, subject: '', design, accountId: accountOf(res).id })
    res.redirect(303, `/issues/${id}?edit=details`)
  })
  router.use('/:issueId', oneIssueRoutes(ctx))
  return router
}

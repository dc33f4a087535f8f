import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { changeVisibility } from '../../issues/archive/change-visibility.js'
import { readForm } from '../form.js'
import { accountOf } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { pathId } from '../path-id.js'

const WebPageForm = z.object({
  visibility: z
    .enum(['true', 'false', 'null'], 'Choose whether everybody may read it.')
    .transform((choice) => ({ true: true, false: false, null: null })[choice]),
})

/** `/issues/:issueId/web-page`: POST says whether everybody may read an issue on the web, before or after it was sent. */
export function webPageRoutes(ctx: Pick<Context, 'db' | 'clock'>): Router {
  const router = Router({ mergeParams: true })
  router.post('/', async (req: Request, res: Response) => {
    const issueId = pathId(req, 'issueId')
    const { visibility } = readForm(WebPageForm, req.body)
    await changeVisibility(ctx, { issueId, isPublic: visibility, by: accountOf(res).id })
    res.redirect(303, `${withNotice(`/issues/${issueId}`, 'saved')}#web-page`)
  })
  return router
}

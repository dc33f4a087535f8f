import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../../context.js'
import { InvalidError } from '../../../errors.js'
import { acceptNewsItems } from '../../../news/accept-news-items.js'
import { newsItem } from '../../../news/news-item.js'
import { RejectionForm, rejectNewsItem } from '../../../news/reject-news-item.js'
import { reopenNewsItem } from '../../../news/reopen-news-item.js'
import { readForm } from '../../form.js'
import { accountOf, requireDuty } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { pathId } from '../../path-id.js'
import { showDesk } from './news-desk.js'
import { formOf, showNewsForm } from './news-form.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config'>

/** A proposal as somebody saw it: its id and its version, as `ID.VERSION`. */
const Seen = z
  .string()
  .regex(/^[^.]+\.\d{1,9}$/)
  .transform((text) => ({ id: text.split('.')[0], version: Number(text.split('.')[1]) }))
  .pipe(z.object({ id: z.uuid(), version: z.number() }))
/** One proposal by its own button, or all that were ticked. */
const Acceptance = z.object({
  ids: z
    .union([Seen.transform((one) => [one]), z.array(Seen)])
    .optional()
    .default([]),
  only: Seen.optional(),
})
const SeenVersion = z.object({ version: z.coerce.number().int().min(1).optional() })

/** Decisions of the office: POST `/news/acceptances` takes proposals, `/news/:id/rejection` rejects one, `…/proposal` lays one open again. */
export function decisionRoutes(ctx: Needs): Router {
  const router = Router()
  const office = requireDuty('coordinate')
  router.post('/acceptances', office, (req, res) => accept(ctx, req, res))
  router.post('/:id/rejection', office, (req, res) => reject(ctx, req, res))
  router.post('/:id/proposal', office, async (req, res) => {
    await reopenNewsItem(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice(`/news/${pathId(req, 'id')}`, 'reopened'))
  })
  return router
}

async function accept(ctx: Needs, req: Request, res: Response): Promise<void> {
  const { ids: ticked, only } = readForm(Acceptance, req.body)
  const chosen = only ? [only] : ticked
  if (chosen.length === 0)
    return showDesk(ctx, req, res.status(422), { problem: 'Tick the proposals that you want to accept.' })
  const count = await acceptNewsItems(ctx, chosen, accountOf(res).id)
  if (count < chosen.length)
    return showDesk(ctx, req, res.status(409), {
      problem:
        'Not everything was accepted: some proposals were changed or decided while you looked at them. Read those that are still here again.',
    })
  const back = req.body?.back === 'proposed' ? '/news?status=proposed' : '/news'
  res.redirect(303, withNotice(back, 'accepted'))
}

async function reject(ctx: Needs, req: Request, res: Response): Promise<void> {
  const id = pathId(req, 'id')
  try {
    const { version = null } = readForm(SeenVersion, req.body)
    await rejectNewsItem(ctx, id, { ...readForm(RejectionForm, req.body), version, by: accountOf(res).id })
    const back = req.body?.back === 'proposed' ? '/news?status=proposed' : '/news'
    res.redirect(303, withNotice(back, 'rejected'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    const item = await newsItem(ctx, id)
    const note = String(req.body?.note ?? '')
    await showNewsForm(ctx, res.status(422), { item, form: formOf(item), errors: error.issues, note })
  }
}

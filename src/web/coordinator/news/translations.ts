import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../../context.js'
import { ConflictError, InvalidError } from '../../../errors.js'
import { newsItem } from '../../../news/news-item.js'
import { forgetNewsTranslation, NewsTextForm, translateNewsItem } from '../../../news/translate-news-item.js'
import { readForm } from '../../form.js'
import { withNotice } from '../../notices.js'
import { pathId } from '../../path-id.js'
import { formOf, showNewsForm } from './news-form.js'
import { regionOf } from './scope.js'
import { TypedTranslation } from './translations-view.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config'>

const Version = z.object({ version: z.coerce.number().int().min(1) })
/** `/news/:id/translations`: POST saves what a news item says in another language, `…/removal` forgets it. */
export function newsTranslationRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.post('/', (req, res) =>
    answering(ctx, req, res, async (target) => {
      await translateNewsItem(ctx, target, readForm(NewsTextForm, req.body))
    }),
  )
  router.post('/removal', (req, res) =>
    answering(ctx, req, res, async (target) => {
      await forgetNewsTranslation(ctx, target, TypedTranslation.parse(req.body ?? {}).language)
    }),
  )
  return router
}

type Target = { id: string; version: number; region: string | undefined }

async function answering(
  ctx: Needs,
  req: Request,
  res: Response,
  change: (target: Target) => Promise<void>,
): Promise<void> {
  const id = pathId(req, 'id')
  const region = regionOf(res)
  try {
    await change({ id, region, ...readForm(Version, req.body) })
    res.redirect(303, `${withNotice(`/news/${id}`, 'saved')}#translations`)
  } catch (error) {
    if (!(error instanceof InvalidError || error instanceof ConflictError)) throw error
    const item = await newsItem(ctx, id, region)
    const isConflict = error instanceof ConflictError
    await showNewsForm(ctx, res.status(isConflict ? 409 : 422), {
      item,
      form: formOf(item),
      translation: {
        typed: TypedTranslation.parse(req.body ?? {}),
        errors: isConflict ? { form: error.message } : error.issues,
      },
    })
  }
}

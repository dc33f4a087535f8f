import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { ConflictError, InvalidError } from '../../errors.js'
import { describePicture } from '../../pictures/describe-picture.js'
import { MAX_ALT_LENGTH } from '../../pictures/limits.js'
import { picture, pictures } from '../../pictures/picture.js'
import { pictureLibrary } from '../../pictures/picture-library.js'
import { everyPictureUse } from '../../pictures/picture-uses.js'
import { removePicture } from '../../pictures/remove-picture.js'
import { fieldValues } from '../field-values.js'
import { requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'
import { answerUpload, type Refused, takeUploads } from './picture-uploads.js'
import { pictureJson, pictureView } from './picture-view.js'

type Needs = Pick<Context, 'db' | 'clock' | 'files' | 'config'>

const Filter = z.object({
  q: z.string().max(200).catch(''),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})
const Ids = z
  .string()
  .transform((text) => text.split(',').slice(0, 50))
  .pipe(z.array(z.uuid()))
  .catch([])

/**
 * `/pictures`: the library, and what is uploaded to it; `/pictures/choices` is the part of it that forms show in a dialog;
 * `/pictures/:id` one picture, `…/description` what it shows, `…/removal` deletes it.
 */
export function pictureRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (req, res) => showLibrary(ctx, req, res))
  router.post('/', (req, res) => upload(ctx, req, res))
  router.get('/choices', async (req, res) => {
    renderPart(res, 'choices', await libraryView(ctx, req))
  })
  router.post('/descriptions', async (req, res) => {
    const given = Object.entries(fieldValues(req.body ?? {})).filter(([id]) => z.uuid().safeParse(id).success)
    for (const [id, alt] of given) await describePicture(ctx, id, alt.slice(0, MAX_ALT_LENGTH))
    res.redirect(303, withNotice('/pictures', 'saved'))
  })
  router.get('/:id', (req, res) => showPicture(ctx, req, res))
  router.get('/:id/choice', async (req, res) => {
    renderPart(res, 'choice', { picture: pictureView(ctx, await picture(ctx, pathId(req, 'id'))) })
  })
  router.post('/:id/description', (req, res) => describe(ctx, req, res))
  router.post('/:id/removal', (req, res) => remove(ctx, req, res))
  return router
}

async function upload(ctx: Needs, req: Request, res: Response): Promise<void> {
  if (wantsJson(req)) return answerUpload(ctx, req, res)
  const { added, refused } = await takeUploads(ctx, req, res)
  if (refused.length > 0) return showLibrary(ctx, req, res.status(422), { added, refused })
  res.redirect(303, `${withNotice('/pictures', 'pictures-added')}&added=${added.join(',')}`)
}

async function describe(ctx: Needs, req: Request, res: Response): Promise<void> {
  const id = pathId(req, 'id')
  const alt = String(req.body?.alt ?? '')
  try {
    await describePicture(ctx, id, alt)
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    if (wantsJson(req)) return void res.status(422).json({ errors: error.issues })
    return showPicture(ctx, req, res.status(422), { alt, error: error.message })
  }
  if (wantsJson(req)) res.json(pictureJson(ctx, await picture(ctx, id)))
  else res.redirect(303, withNotice(`/pictures/${id}`, 'saved'))
}

async function remove(ctx: Needs, req: Request, res: Response): Promise<void> {
  try {
    await removePicture(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice('/pictures', 'picture-removed'))
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    await showPicture(ctx, req, res.status(409), { problem: error.message })
  }
}

async function showLibrary(
  ctx: Needs,
  req: Request,
  res: Response,
  { added = Ids.parse(req.query['added']), refused = [] }: { added?: string[]; refused?: Refused[] } = {},
): Promise<void> {
  renderPage(res, 'coordinator/pictures/library', {
    title: 'Pictures',
    refused,
    added: (await pictures(ctx, added)).map((one) => pictureView(ctx, one)),
    ...(await libraryView(ctx, req)),
  })
}

async function libraryView(ctx: Needs, req: Request) {
  const { q, page: wanted } = Filter.parse(req.query)
  const { pictures: shown, total, page, pages } = await pictureLibrary(ctx, { search: q, page: wanted })
  const pageAt = (number: number) =>
    `?${new URLSearchParams({ ...(q && { q }), page: String(number) }).toString()}`
  return {
    pictures: shown.map((one) => pictureView(ctx, one)),
    ...{ q, total, page, pages },
    previous: page > 1 ? pageAt(page - 1) : null,
    next: page < pages ? pageAt(page + 1) : null,
  }
}

async function showPicture(
  ctx: Needs,
  req: Request,
  res: Response,
  shown: { alt?: string; error?: string; problem?: string } = {},
): Promise<void> {
  const row = await picture(ctx, pathId(req, 'id'))
  const uses = await everyPictureUse(ctx.db, row.name)
  renderPage(res, 'coordinator/pictures/picture', {
    title: row.alt || row.file_name || 'Picture',
    picture: pictureView(ctx, { ...row, uses }),
    alt: row.alt,
    ...shown,
  })
}

function renderPart(res: Response, part: string, view: object): void {
  const csrfToken = res.locals.signedIn?.csrfToken
  res
    .set('Cache-Control', 'no-store')
    .render(`coordinator/pictures/${part}`, { layout: false, csrfToken, ...view })
}

function wantsJson(req: Request): boolean {
  return req.accepts(['html', 'json']) === 'json'
}

import { Router } from 'express'
import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import { pictureFile } from '../../pictures/picture-file.js'
import { typeOfName } from '../../pictures/picture-name.js'

const FOR_GOOD = 'public, max-age=31536000, immutable'

/** `/pictures/NAME`: the pictures that mails embed, for everybody; the name is made of the content, so it never changes. */
export function pictureFileRoutes(ctx: Pick<Context, 'files'>): Router {
  const router = Router()
  router.get('/:name', async (req, res, next) => {
    const { name } = req.params
    if (!typeOfName(name)) return next()
    // Mail programs and web mailers show it from pages of their own; opened by itself it can do nothing.
    res.set('Cross-Origin-Resource-Policy', 'cross-origin')
    res.set('Content-Security-Policy', "default-src 'none'; sandbox")
    const file = await pictureFile(ctx, name).catch(nullWhenMissing)
    if (!file)
      return res.status(404).type('text').set('Cache-Control', 'no-store').send('There is no such picture.')
    res.set({ 'Cache-Control': FOR_GOOD, ETag: `"${name}"`, 'Content-Disposition': 'inline' })
    if (req.fresh) return res.status(304).end()
    res.type(file.type).send(file.bytes)
  })
  return router
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof NotFoundError) return null
  throw error
}

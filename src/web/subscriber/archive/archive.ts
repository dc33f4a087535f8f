import { type ErrorRequestHandler, type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../../context.js'
import { NotFoundError } from '../../../errors.js'
import { showArchive } from './archive-page.js'
import { sendJsonFeed, sendRssFeed } from './feeds.js'
import { showIssue } from './issue-page.js'

type Needs = Pick<Context, 'db' | 'config'>

/** `/archive`: the issues that everybody may read, each at its own address, and the feeds of them. No cookie, no script. */
export function archiveRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(archiveHeaders(ctx))
  router.get('/', (req, res) => showArchive(ctx, req, res))
  router.get('/feed.xml', (req, res) => sendRssFeed(ctx, req, res))
  router.get('/feed.json', (req, res) => sendJsonFeed(ctx, req, res))
  router.get('/:slug', (req, res) => showIssue(ctx, res, readAddress(req.params)))
  router.get('/:slug/:language', (req, res) => showIssue(ctx, res, readAddress(req.params)))
  router.use(archiveErrors)
  return router
}

const Part = z
  .string()
  .max(200)
  .regex(/^[^\0]+$/)
const Address = z.object({ slug: Part, language: Part.optional() })

function readAddress(params: object): { slug: string; language: string | null } {
  const address = Address.safeParse(params)
  if (!address.success) throw new NotFoundError('There is no such issue.')
  return { slug: address.data.slug, language: address.data.language ?? null }
}

/** For a while, and then asked for again with the ETag: what is published or withdrawn shows within ten minutes. */
const A_WHILE = 'public, max-age=600'

function archiveHeaders({ config }: Needs): RequestHandler {
  const pictures = `img-src 'self' data: ${new URL(config.publicUrl).origin}`
  const policy = `default-src 'none'; style-src 'self'; font-src 'self'; ${pictures}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
  return (_req, res, next) => {
    res.set({ 'Content-Security-Policy': policy, 'Cache-Control': A_WHILE })
    next()
  }
}

const archiveErrors: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof NotFoundError) return showNothing(res)
  next(error)
}

function showNothing(res: Response): void {
  res.status(404).set('Cache-Control', 'no-store')
  res.render('archive/nothing', { layout: 'subscriber', title: 'There is no such issue' })
}

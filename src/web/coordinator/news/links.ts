import { type Request, type Response, Router } from 'express'
import type { Context } from '../../../context.js'
import { isFetchError } from '../../../fetching/fetch-errors.js'
import { newsWithLink } from '../../../news/news-with-link.js'
import { readLink } from '../../../news/read-link.js'
import { paragraph } from '../../../news/summary-of.js'
import { todayIn } from '../../local-time.js'
import { limitRate } from '../../middleware/limit-rate.js'
import { accountOf } from '../../middleware/sessions.js'
import { EMPTY, type NewsFormValues, showNewsForm } from './news-form.js'
import { regionOf } from './scope.js'

type Needs = Pick<Context, 'db' | 'clock' | 'web' | 'keys' | 'config'>

const READINGS = { name: 'read-link', attempts: 60, seconds: 10 * 60 }

/** `/news/links`: POST opens a page and shows the form filled with what the page says of itself. Nothing is saved yet. */
export function linkRoutes(ctx: Needs): Router {
  const router = Router()
  router.post('/', limitRate(ctx, READINGS), (req, res) => fillIn(ctx, req, res))
  return router
}

async function fillIn(ctx: Needs, req: Request, res: Response): Promise<void> {
  const link = withScheme(String(req.body?.link ?? '').trim())
  const publishedOn = todayIn(accountOf(res).timeZone, ctx.clock.now())
  const blank = { ...EMPTY, publishedOn, url: link.slice(0, 2000), region: regionOf(res) ?? '' }
  try {
    const form = await filled(ctx, link, blank)
    const same = await newsWithLink(ctx, form.url, regionOf(res))
    await showNewsForm(ctx, res, { item: null, form, readFrom: new URL(form.sourceUrl).hostname, same })
  } catch (error) {
    if (!isFetchError(error)) throw error
    await showNewsForm(ctx, res.status(422), { item: null, form: blank, problem: error.message })
  }
}

async function filled(ctx: Needs, link: string, blank: NewsFormValues): Promise<NewsFormValues> {
  const facts = await readLink(ctx, link)
  return {
    ...blank,
    title: facts.title,
    summaryHtml: paragraph(facts.summary),
    url: facts.url,
    imageUrl: facts.imageUrl,
    imageAlt: facts.imageAlt,
    language: facts.language || blank.language,
    publishedOn: facts.publishedOn || blank.publishedOn,
    sourceUrl: facts.url,
  }
}

// People copy “example.org/page” out of browsers and mails.
function withScheme(link: string): string {
  return link !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(link) ? `https://${link}` : link
}

import { type Request, type Response, Router, urlencoded } from 'express'
import { DEFAULT_FORM, findForm } from '../../../audience/forms/find-form.js'
import type { Context } from '../../../context.js'
import { likelyLanguage } from '../../language-options.js'
import { READER_BODY_MAX, subscriberErrors, subscriberHeaders } from '../subscriber-page.js'
import { answerSignUp, type SignUpNeeds } from './answer-sign-up.js'
import { formLanguage } from './form-language.js'
import { showAnswer, showForm } from './form-page.js'
import { NOTHING_TYPED } from './form-view.js'
import { jsonRoutes } from './json-endpoint.js'
import { showLook } from './look.js'
import { postedForm } from './posted.js'
import { signUpLimits } from './sign-up-limits.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>

const readBody = urlencoded({ extended: false, limit: READER_BODY_MAX })

/** `/f/SLUG`: GET shows a form, POST signs up, from here or from any site; `/f/SLUG.json` the same as JSON. No cookie, no session: a sign-up grants nothing. */
export function formRoutes(ctx: Needs): Router {
  const needs = { ...ctx, limits: signUpLimits(ctx) }
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/look.css', showLook(ctx))
  router.use(jsonRoutes(needs))
  router.get('/:slug', (req: Request<{ slug: string }>, res) =>
    show(needs, req, { res, slug: req.params.slug }),
  )
  router.post('/:slug', readBody, (req: Request<{ slug: string }>, res) =>
    take(needs, req, { res, slug: req.params.slug }),
  )
  router.use(subscriberErrors)
  return router
}

/** `/join`: the general form. */
export function joinRoutes(ctx: Needs): Router {
  const needs = { ...ctx, limits: signUpLimits(ctx) }
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/', (req, res) => show(needs, req, { res, slug: DEFAULT_FORM }))
  router.post('/', readBody, (req, res) => take(needs, req, { res, slug: DEFAULT_FORM }))
  router.use(subscriberErrors)
  return router
}

type Answer = { res: Response; slug: string }

async function show(ctx: SignUpNeeds, req: Request, { res, slug }: Answer): Promise<void> {
  const form = await findForm(ctx, { slug })
  const posted = { ...NOTHING_TYPED, language: likelyLanguage(req) }
  showForm(ctx, res, { form, language: formLanguage(req, form), posted })
}

async function take(ctx: SignUpNeeds, req: Request, { res, slug }: Answer): Promise<void> {
  const posted = postedForm(req.body)
  const { version } = posted
  const form = await findForm(ctx, { slug, ...(version ? { version } : {}) })
  const language = formLanguage(req, form, posted.lang)
  const answer = await answerSignUp(ctx, req, { form, language, posted })
  showAnswer(ctx, res, { form, language, posted }, answer)
}

import { type ErrorRequestHandler, json, type Request, type Response, Router } from 'express'
import { fieldIn } from '../../../audience/fields/field-in.js'
import { findForm, type OpenForm } from '../../../audience/forms/find-form.js'
import { formStamp } from '../../../audience/forms/form-stamp.js'
import { formTexts } from '../../../audience/forms/form-texts.js'
import { workFor } from '../../../audience/forms/proof-of-work.js'
import { NotFoundError } from '../../../errors.js'
import { FORM_WORDS, type FormLanguage } from '../../../rendering/messages/forms.js'
import { messagesFor } from '../../../rendering/messages/messages-for.js'
import { pageLanguage } from '../../page-language.js'
import { READER_BODY_MAX } from '../subscriber-page.js'
import { answerSignUp, FILL_SECONDS, type SignUpAnswer, type SignUpNeeds } from './answer-sign-up.js'
import { formLanguage } from './form-language.js'
import { formView } from './form-view.js'
import { postedJson } from './posted.js'

type Problem = { status: number; kind: string; title: string; detail?: string } & Record<string, unknown>
type Path = { slug: string }

/** `/f/SLUG.json`: GET says what the form asks, with work to prove and a stamp; POST signs up. Answers of both are for any site, or for those named. */
export function jsonRoutes(ctx: SignUpNeeds): Router {
  const router = Router()
  router.options('/:slug.json', async (req: Request<Path>, res) => {
    if (!mayCall(req, res, await findForm(ctx, req.params))) return
    res.set({ 'Access-Control-Allow-Methods': 'GET, POST', 'Access-Control-Allow-Headers': 'Content-Type' })
    res.set('Access-Control-Max-Age', '600').sendStatus(204)
  })
  router.get('/:slug.json', async (req: Request<Path>, res) => {
    const form = await findForm(ctx, req.params)
    if (mayCall(req, res, form)) res.json(await describe(ctx, form, formLanguage(req, form)))
  })
  router.post('/:slug.json', json({ limit: READER_BODY_MAX }), async (req: Request<Path>, res) => {
    const posted = postedJson(req.body)
    const { version } = posted
    const form = await findForm(ctx, { ...req.params, ...(version ? { version } : {}) })
    if (!mayCall(req, res, form)) return
    if (!req.is('json'))
      return sendProblem(res, { status: 415, kind: 'not-json', title: 'Send JSON as application/json.' })
    const language = formLanguage(req, form, posted.lang)
    send(ctx, res, { form, language }, await answerSignUp(ctx, req, { form, language, posted }))
  })
  router.use(problemErrors)
  return router
}

async function describe({ keys, clock }: SignUpNeeds, form: OpenForm, language: FormLanguage) {
  const { version, texts, offersChoice, lists, languages } = formView(form, { language })
  const now = clock.now()
  return {
    version,
    language,
    languages: form.content.languages,
    title: texts.title,
    intro: texts.intro,
    consent: texts.consent,
    button: texts.button,
    offersChoice,
    lists: lists.map(({ id, name, description }) => ({ id, name, description })),
    fields: form.fields.map((field) => fieldFacts(field, language)),
    asksLanguage: languages !== null,
    ...(languages ? { readerLanguages: languages.map(({ value, label }) => ({ value, label })) } : {}),
    isClosed: form.closed_at !== null,
    stamp: formStamp(keys, { formId: form.id, now }),
    challenge: await workFor(keys, { formId: form.id, now }),
  }
}

function fieldFacts(field: OpenForm['fields'][number], language: FormLanguage) {
  const { key, type, isRequired } = field
  const { label, choices } = fieldIn(field, language)
  const choice = {
    choices: choices.map(({ value }) => value),
    choiceLabels: choices.map((one) => one.label),
  }
  return { key, label, type, ...(type === 'choice' ? choice : {}), isRequired }
}

type Where = { form: OpenForm; language: FormLanguage }

function send(ctx: SignUpNeeds, res: Response, { form, language }: Where, answer: SignUpAnswer): void {
  const words = FORM_WORDS[language]
  const { successTitle: title, success: message } = formTexts(form, language)
  switch (answer.kind) {
    case 'taken': {
      const { redirectUrl } = form.content
      res.status(202).json({ status: 'taken', title, message, ...(redirectUrl ? { redirectUrl } : {}) })
      return
    }
    case 'closed':
      return sendProblem(res, { status: 410, kind: 'closed', title: words.closedTitle, detail: words.closed })
    case 'wrong':
      return sendProblem(res, {
        status: 422,
        kind: 'invalid',
        title: 'Something needs another look.',
        errors: answer.problems,
      })
    case 'mistyped':
      return sendProblem(res, {
        status: 422,
        kind: 'mistyped',
        title: words.didYouMean(answer.suggestion),
        detail: 'Send it again with “keeps” as the address, or with the suggestion.',
        suggestion: answer.suggestion,
      })
    case 'press': {
      const stamp = answer.stamp ?? formStamp(ctx.keys, { formId: form.id, now: ctx.clock.now() })
      return sendProblem(res.set('Retry-After', String(FILL_SECONDS)), {
        status: 428,
        kind: 'unproven',
        title: words.pressTitle,
        detail: `Send it again with this stamp after ${FILL_SECONDS} seconds, or with proof of work.`,
        stamp,
      })
    }
    case 'wait':
      return sendProblem(res.set('Retry-After', String(answer.seconds)), {
        status: 429,
        kind: 'too-fast',
        title: words.tooFastTitle,
        detail: words.tooFast,
      })
  }
}

// Scripts of sites that are not named get nothing, and neither does a request that they make their readers' browsers send.
function mayCall(req: Request<Path>, res: Response, { content: { origins } }: OpenForm): boolean {
  const origin = req.get('Origin')
  res.vary('Origin')
  if (origins.length === 0) res.set('Access-Control-Allow-Origin', '*')
  else if (origin && origins.includes(origin)) res.set('Access-Control-Allow-Origin', origin)
  else if (origin && URL.parse(origin)?.host !== req.get('Host')) {
    sendProblem(res, { status: 403, kind: 'foreign', title: 'This site may not use this form.' })
    return false
  }
  return true
}

function sendProblem(res: Response, { kind, ...problem }: Problem): void {
  const body = { type: `urn:carillon:problem:${kind}`, ...problem }
  res.status(problem.status).set('Cache-Control', 'no-store').type('application/problem+json').json(body)
}

const problemErrors: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (error instanceof NotFoundError)
    return sendProblem(res, { status: 404, kind: 'not-found', title: 'There is no such form.' })
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
  if (status < 400 || status >= 500) return next(error)
  if (status === 413) {
    const { tooLargeTitle: title, tooLargeText: detail } = messagesFor(pageLanguage(req)).pages
    return sendProblem(res, { status, kind: 'too-large', title, detail })
  }
  sendProblem(res, { status, kind: 'unreadable', title: 'We could not read that.' })
}

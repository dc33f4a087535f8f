import type { Response } from 'express'
import type { OpenForm } from '../../../audience/forms/find-form.js'
import { formStamp } from '../../../audience/forms/form-stamp.js'
import { formTexts } from '../../../audience/forms/form-texts.js'
import type { Context } from '../../../context.js'
import { FORM_WORDS, type FormLanguage } from '../../../rendering/messages/forms.js'
import type { SignUpAnswer } from './answer-sign-up.js'
import { formView, languageLinks, paragraphs, type Typed } from './form-view.js'
import { lookView } from './look.js'
import type { Posted } from './posted.js'

type Needs = Pick<Context, 'clock' | 'keys'>
type Page = { form: OpenForm; language: FormLanguage; posted?: Typed }

/** The form itself, empty or with what was typed and what is wrong with it. */
export function showForm(
  ctx: Needs,
  res: Response,
  {
    form,
    language,
    posted,
    ...about
  }: Page & { problems?: Readonly<Record<string, string>>; suggestion?: string },
): void {
  if (form.closed_at) return showClosed(res, { form, language })
  const typed = posted ? { typed: posted } : {}
  const view = formView(form, { language, ...typed, ...about })
  letGoTo(res, form)
  render(res, 'join', {
    ...view,
    title: view.texts.title,
    stamp: formStamp(ctx.keys, { formId: form.id, now: ctx.clock.now() }),
    otherLanguages: languageLinks(form, language),
  })
}

/** Says what became of a sign-up. */
export function showAnswer(
  ctx: Needs,
  res: Response,
  page: Page & { posted: Posted },
  answer: SignUpAnswer,
): void {
  const { language } = page
  const words = FORM_WORDS[language]
  switch (answer.kind) {
    case 'taken':
      return showTaken(res, page)
    case 'closed':
      return showClosed(res, page)
    case 'wrong':
      return showForm(ctx, res.status(422), { ...page, problems: answer.problems })
    case 'mistyped':
      return showForm(ctx, res.status(422), { ...page, suggestion: answer.suggestion })
    case 'press':
      return showPress(ctx, res, { ...page, stamp: answer.stamp })
    case 'wait':
      res.status(429).set('Retry-After', String(answer.seconds))
      return render(res, 'join-note', {
        ...{ lang: language, look: lookView(page.form) },
        ...{ title: words.tooFastTitle, text: words.tooFast },
      })
  }
}

function showTaken(res: Response, { form, language }: Page): void {
  if (form.content.redirectUrl) return res.redirect(303, form.content.redirectUrl)
  const { successTitle, success, isMailed } = formTexts(form, language)
  const words = FORM_WORDS[language]
  const more = isMailed ? words.noMail : null
  const about = { lang: language, look: lookView(form), title: successTitle }
  render(res, 'joined', { ...about, success: paragraphs(success), more })
}

// A form of another site cannot say when it was shown, so its readers press once more here.
function showPress(
  ctx: Needs,
  res: Response,
  { form, language, posted, stamp }: Page & { posted: Posted; stamp: string | null },
): void {
  const words = FORM_WORDS[language]
  letGoTo(res, form)
  render(res, 'join-press', {
    lang: language,
    look: lookView(form),
    title: words.pressTitle,
    words,
    texts: formTexts(form, language),
    version: form.version,
    isEarly: stamp !== null,
    stamp: stamp ?? formStamp(ctx.keys, { formId: form.id, now: ctx.clock.now() }),
    posted,
    fields: Object.entries(posted.fields).map(([key, value]) => ({ key, value })),
  })
}

function showClosed(res: Response, { form, language }: Page): void {
  const words = FORM_WORDS[language]
  const about = { lang: language, look: lookView(form), title: words.closedTitle }
  render(res.status(410), 'join-note', { ...about, text: words.closed })
}

// A browser follows a redirect after a form only to where the policy lets forms go.
function letGoTo(res: Response, { content: { redirectUrl } }: OpenForm): void {
  if (redirectUrl === '') return
  const policy = `default-src 'self'; form-action 'self' ${new URL(redirectUrl).origin}; frame-ancestors 'none'`
  res.set('Content-Security-Policy', policy)
}

function render(res: Response, page: string, view: object): void {
  res.render(`subscriber/${page}`, { layout: 'form', ...view })
}

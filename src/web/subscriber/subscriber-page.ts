import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import { ConflictError, ExpiredError, NotFoundError } from '../../errors.js'
import { ownLanguageName } from '../../rendering/languages/language-tag.js'
import { LANGUAGES, type Language } from '../../rendering/messages/language.js'
import { messagesFor } from '../../rendering/messages/messages-for.js'
import { pageLanguage } from '../page-language.js'

/** Room for 50 fields of 500 characters of any script, each as up to twelve signs of a form or of JSON. */
export const READER_BODY_MAX = '400kb'

const HEADERS = {
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
  'Content-Security-Policy': "default-src 'self'; form-action 'self'; frame-ancestors 'none'",
}

/** The headers of every page that a personal link opens: nothing stored, nothing indexed, no token passed on as referrer. */
export const subscriberHeaders: RequestHandler = (_req, res, next) => {
  res.set(HEADERS)
  next()
}

/**
 * Renders a page of templates/pages/subscriber in the subscribers' layout. With a language the page is in it, has the messages as `m`, and offers
 * the others at its foot.
 */
export function renderSubscriberPage(
  res: Response,
  page: string,
  view: { language?: Language } & Record<string, unknown>,
): void {
  const { language } = view
  res.render(`subscriber/${page}`, {
    layout: 'subscriber',
    ...(language
      ? {
          m: messagesFor(language),
          languageSwitch: languageSwitch(res.req.baseUrl + res.req.path, language),
          // So that what a form posts is answered in the language that was chosen.
          query: res.req.query['lang'] === language ? `?lang=${language}` : '',
        }
      : {}),
    ...view,
  })
}

function languageSwitch(path: string, current: Language) {
  return LANGUAGES.map((code) => ({
    code,
    name: ownLanguageName(code),
    path: `${path}?lang=${code}`,
    isCurrent: code === current,
  }))
}

/** Answers a link that is not ours with 404, one that ran out with 410, one that was overtaken with 409, too much with 413; every other error goes on. */
export const subscriberErrors: ErrorRequestHandler = (error, req, res, next) => {
  const language = pageLanguage(req)
  const { pages } = messagesFor(language)
  if (error instanceof NotFoundError)
    return renderSubscriberPage(res.status(404), 'not-found', { language, title: pages.notFoundTitle })
  if (error instanceof ExpiredError)
    return renderSubscriberPage(res.status(410), 'expired', {
      language,
      title: pages.expiredTitle,
      // The only preference links that run out are those mailed to an address that its reader has left.
      text: req.baseUrl === '/p' ? pages.movedText : pages.expiredText,
      mayJoin: req.baseUrl === '/confirmations',
    })
  if (error instanceof ConflictError)
    return renderSubscriberPage(res.status(409), 'conflict', { language, title: pages.conflictTitle })
  if (error instanceof Error && 'status' in error && error.status === 413)
    return renderSubscriberPage(res.status(413), 'too-large', { language, title: pages.tooLargeTitle })
  next(error)
}

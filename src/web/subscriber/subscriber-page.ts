import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import { ExpiredError, NotFoundError } from '../../errors.js'

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

/** Renders a page of templates/pages/subscriber in the subscribers' layout. */
export function renderSubscriberPage(res: Response, page: string, view: object): void {
  res.render(`subscriber/${page}`, { layout: 'subscriber', ...view })
}

/** Answers a link that is not ours with 404 and one that ran out with 410; every other error goes on. */
export const subscriberErrors: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof NotFoundError)
    return renderSubscriberPage(res.status(404), 'not-found', { title: 'This link does not work' })
  if (error instanceof ExpiredError)
    return renderSubscriberPage(res.status(410), 'expired', { title: 'This link has run out' })
  next(error)
}

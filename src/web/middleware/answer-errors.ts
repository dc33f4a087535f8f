import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Context } from '../../context.js'
import { ConflictError, ExpiredError, InvalidError, NotFoundError } from '../../errors.js'

type Answer = { status: number; title: string; text: string }

const NOTHING_HERE: Answer = {
  status: 404,
  title: 'There is nothing here',
  text: 'The address may be mistyped, or the page has moved.',
}
const REFUSED: Answer = {
  status: 400,
  title: 'We could not read that',
  text: 'Your browser sent something that we do not understand. Please go back and try again.',
}
const OUR_FAULT: Answer = {
  status: 500,
  title: 'Something went wrong on our side',
  text: 'Nothing of yours is lost. Please try again in a moment.',
}

/** Answers whatever no route took with a friendly 404. */
export const answerNotFound: RequestHandler = (_req, res) =>
  res.status(404).render('error', pageOf(NOTHING_HERE))

/**
 * The one mapping of errors to answers: invalid 422, not found 404, conflict 409, expired 410, an unreadable request its own 4xx,
 * anything else 500 and a line in the log. What went wrong inside is never shown.
 */
export function answerErrors({ log }: Pick<Context, 'log'>): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    const answer = answerTo(error)
    if (answer.status === 500) log.error(traceOf(error), 'a request failed')
    if (res.headersSent) return next(error)
    res.status(answer.status).set('Cache-Control', 'no-store').render('error', pageOf(answer))
  }
}

function answerTo(error: unknown): Answer {
  if (error instanceof InvalidError)
    return { status: 422, title: 'Something needs another look', text: error.message }
  if (error instanceof NotFoundError) return { ...NOTHING_HERE, text: error.message }
  if (error instanceof ConflictError)
    return { status: 409, title: 'This has changed in the meantime', text: error.message }
  if (error instanceof ExpiredError) return { status: 410, title: 'This has run out', text: error.message }
  const status = statusOf(error)
  return status >= 400 && status < 500 ? { ...REFUSED, status } : OUR_FAULT
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500
}

function pageOf({ title, text }: Answer) {
  return { layout: 'subscriber', title, text }
}

// Messages of the database or of a mail server quote values, so only the kind of error and the place go to the log.
function traceOf(error: unknown) {
  if (!(error instanceof Error)) return { kind: typeof error }
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { kind: error.name, code: 'code' in error ? error.code : undefined, places: places.slice(0, 10) }
}

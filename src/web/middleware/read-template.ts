import type { RequestHandler } from 'express'
import multer, { MulterError } from 'multer'
import { LARGEST_TEMPLATE } from '../../rendering/own-template/own-template.js'

/** An upload may weigh more than a template has characters: letters of some alphabets take three bytes. */
const MAX_BYTES = LARGEST_TEMPLATE * 3

declare global {
  namespace Express {
    interface Locals {
      /** Why a form with a template was not read, in a sentence. */
      templateProblem?: string
    }
  }
}

const receive = multer({
  storage: multer.memoryStorage(),
  defParamCharset: 'utf8',
  limits: { files: 1, fileSize: MAX_BYTES, fields: 20, fieldSize: MAX_BYTES, fieldNameSize: 100, parts: 25 },
}).single('file')

/**
 * Reads a multipart form with the source of a template, or with a file of it, within limits. Goes after the check of who sends it and before
 * `refuseForgery`, which needs the form's first field.
 */
export const readTemplate: RequestHandler = (req, res, next) => {
  receive(req, res, (error: unknown) => {
    if (error) res.locals.templateProblem = sentenceOf(error)
    next()
  })
}

function sentenceOf(error: unknown): string {
  const code = error instanceof MulterError ? error.code : ''
  if (code === 'LIMIT_FILE_SIZE' || code === 'LIMIT_FIELD_VALUE')
    return `A template has at most ${LARGEST_TEMPLATE.toLocaleString('en')} characters; this is more.`
  return 'The upload broke off before it was complete. Please try again.'
}

import type { RequestHandler } from 'express'
import multer, { MulterError } from 'multer'
import { MAX_UPLOAD_BYTES } from '../../pictures/limits.js'

const MAX_FILES = 10

declare global {
  namespace Express {
    interface Locals {
      /** Why nothing of an upload was read, in a sentence. */
      uploadProblem?: string
    }
  }
}

const receive = multer({
  storage: multer.memoryStorage(),
  defParamCharset: 'utf8',
  limits: {
    files: MAX_FILES,
    fileSize: MAX_UPLOAD_BYTES,
    fields: 10,
    fieldSize: 5000,
    fieldNameSize: 100,
    fieldNestingDepth: 1,
    parts: MAX_FILES + 10,
  },
}).array('picture')

/**
 * Reads a multipart form with files named `picture` into memory, within limits that end the reading as soon as they are passed.
 * Goes after the check of who sends it and before `refuseForgery`, which needs the form's fields.
 */
export const readPictures: RequestHandler = (req, res, next) => {
  receive(req, res, (error: unknown) => {
    if (!error) return next()
    res.locals.uploadProblem = sentenceOf(error)
    next()
  })
}

function sentenceOf(error: unknown): string {
  const code = error instanceof MulterError ? error.code : ''
  if (code === 'LIMIT_FILE_SIZE') return `A picture may weigh at most 10 MB; ${nameIn(error)} weighs more.`
  if (code === 'LIMIT_FILE_COUNT' || code === 'LIMIT_PART_COUNT' || code === 'LIMIT_UNEXPECTED_FILE')
    return `Please upload at most ${MAX_FILES} pictures at once.`
  return 'The upload broke off before it was complete. Please try again.'
}

function nameIn(error: unknown): string {
  const name = error instanceof Error && 'filename' in error ? error.filename : null
  return typeof name === 'string' && name ? `“${name}”` : 'this one'
}

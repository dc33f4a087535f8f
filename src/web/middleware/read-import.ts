import type { Request, RequestHandler } from 'express'
import multer, { MulterError } from 'multer'
import { discardImport, receiveImport } from '../../audience/import/receive-import.js'
import type { Context } from '../../context.js'
import { accountOf } from './sessions.js'

const MAX_BYTES = 300_000_000

declare global {
  namespace Express {
    interface Locals {
      /** Why a file of subscribers was not taken, in a sentence. */
      importProblem?: string
    }
  }
}

/**
 * Reads a multipart form with a file of subscribers, which goes to the database piece by piece and is then the draft `req.file.filename`.
 * Goes after the check of who sends it and before `refuseForgery`; a form of another site brings no file.
 */
export function readImport(ctx: Pick<Context, 'db' | 'clock'>): RequestHandler {
  const receive = multer({
    storage: storeIn(ctx),
    defParamCharset: 'utf8',
    fileFilter: (req, _file, next) => next(null, req.body?._csrf === req.res?.locals.signedIn?.csrfToken),
    limits: { files: 1, fileSize: MAX_BYTES, fields: 5, fieldSize: 1000, fieldNameSize: 100, parts: 6 },
  }).single('file')
  return (req, res, next) => {
    receive(req, res, (error: unknown) => {
      if (error) res.locals.importProblem = sentenceOf(error)
      next()
    })
  }
}

function storeIn(ctx: Pick<Context, 'db' | 'clock'>): multer.StorageEngine {
  return {
    _handleFile: (req: Request, { stream, originalname }, done) => {
      const by = req.res ? accountOf(req.res).id : ''
      receiveImport(ctx, { name: originalname, bytes: stream, by }).then(
        (id) => done(null, { filename: id }),
        (error: Error) => done(error),
      )
    },
    _removeFile: (_req, { filename }, done) => {
      discardImport(ctx, filename).then(() => done(null), done)
    },
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE')
    return 'This file is larger than 300 MB: import it by the command line, which takes files of any size.'
  return 'The upload broke off before it was complete. Please try again.'
}

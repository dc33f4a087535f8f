import type { Request, Response } from 'express'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { addPicture } from '../../pictures/add-picture.js'
import { accountOf } from '../middleware/sessions.js'
import { pictureJson } from './picture-view.js'

type Needs = Pick<Context, 'db' | 'clock' | 'files' | 'config'>
export type Refused = { name: string; sentence: string }

/** Answers a script that uploads one picture: 201 with what mails need of it, or 422 with a sentence for each field. */
export async function answerUpload(ctx: Needs, req: Request, res: Response): Promise<void> {
  const [file, another] = uploadedFiles(req)
  const problem = res.locals.uploadProblem ?? (another ? 'Send one picture at a time.' : null)
  if (problem || !file) {
    res.status(422).json({ errors: { picture: problem ?? 'Choose a picture.' } })
    return
  }
  try {
    const added = await addPicture(ctx, { ...uploadOf(res, file), alt: altOf(req) })
    res.status(201).json(pictureJson(ctx, added))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    res.status(422).json({ errors: error.issues })
  }
}

/** Takes all the pictures of a form, one after the other; what is refused does not keep out the others. */
export async function takeUploads(
  ctx: Needs,
  req: Request,
  res: Response,
): Promise<{ added: string[]; refused: Refused[] }> {
  const added = new Set<string>()
  const refused: Refused[] = []
  if (res.locals.uploadProblem)
    return { added: [], refused: [{ name: '', sentence: res.locals.uploadProblem }] }
  for (const file of uploadedFiles(req)) {
    try {
      added.add((await addPicture(ctx, { ...uploadOf(res, file), alt: '' })).id)
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error
      refused.push({ name: file.originalname, sentence: error.message })
    }
  }
  if (added.size + refused.length === 0) refused.push({ name: '', sentence: 'Choose a picture first.' })
  return { added: [...added], refused }
}

function uploadOf(res: Response, file: Express.Multer.File) {
  return { bytes: file.buffer, name: file.originalname, by: accountOf(res).id }
}

// A browser sends a form without a chosen file as one of no name and no bytes.
function uploadedFiles(req: Request): Express.Multer.File[] {
  const files = Array.isArray(req.files) ? req.files : []
  return files.filter(({ originalname, size }) => originalname !== '' || size > 0)
}

function altOf(req: Request): string {
  const alt: unknown = req.body?.alt
  return typeof alt === 'string' ? alt : ''
}

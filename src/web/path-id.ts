import type { Request } from 'express'
import { z } from 'zod'
import { NotFoundError } from '../errors.js'

/** The id that a part of the path holds; throws `NotFoundError` for what is none. */
export function pathId(req: Request, part: string): string {
  const id = z.uuid().safeParse(req.params[part])
  if (!id.success) throw new NotFoundError('There is nothing at this address.')
  return id.data
}

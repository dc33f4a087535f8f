import type { z } from 'zod'
import { InvalidError, sentences } from '../errors.js'

/** Reads a form by its schema; throws `InvalidError` with the first sentence for each field that is wrong. */
export function readForm<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body ?? {})
  if (parsed.success) return parsed.data
  throw new InvalidError(sentences(parsed.error))
}

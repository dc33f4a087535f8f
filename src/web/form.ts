import type { z } from 'zod'
import { InvalidError } from '../errors.js'

/** Reads a form by its schema; throws `InvalidError` with the first sentence for each field that is wrong. */
export function readForm<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body ?? {})
  if (parsed.success) return parsed.data
  const issues: Record<string, string> = {}
  for (const issue of parsed.error.issues) issues[String(issue.path[0] ?? 'form')] ??= issue.message
  throw new InvalidError(issues)
}

import type { Request } from 'express'
import { z } from 'zod'
import { ConflictError, type InvalidError } from '../../../errors.js'
import { type Base, baseOf, ClashError } from '../../../issues/merge-changes.js'
import { shownWords } from './shown-words.js'

const Fields = z.record(z.string(), z.unknown())

/** What a form says that it was made from; undefined for one that says nothing, or nothing that can be read. */
export function formBase(req: Request): Base | undefined {
  try {
    return Fields.safeParse(JSON.parse(String(req.body?.base))).data
  } catch {
    return undefined
  }
}

/** What a refused form leaves behind: what was typed, what is wrong, whether somebody else was quicker, and what the form is made from now. */
export type Refusal = {
  errors: Readonly<Record<string, string>>
  typed?: Readonly<Record<string, unknown>>
  conflict?: string
  base?: string
}

/** What the page shows of a form that was refused; after a clash both sides, and saving once more is meant. */
export function refusalOf(
  error: ConflictError | InvalidError,
  req: Request,
  typed: Readonly<Record<string, unknown>>,
): Refusal {
  if (error instanceof ClashError)
    return {
      errors: clashWords(error),
      typed: error.merged,
      conflict: error.message,
      base: JSON.stringify(baseOf(error.current)),
    }
  if (error instanceof ConflictError) return { errors: {}, typed, conflict: error.message }
  const base = formBase(req)
  return { errors: error.issues, typed, ...(base ? { base: JSON.stringify(base) } : {}) }
}

/** What somebody else has saved meanwhile, in a sentence at each field. */
export function clashWords({ theirs }: ClashError): Record<string, string> {
  return Object.fromEntries(
    Object.entries(theirs).map(([path, value]) => [
      path,
      `Saved meanwhile by somebody else: ${shownWords(value) || '(nothing)'}`,
    ]),
  )
}

import { z } from 'zod'
import { LanguageOrUnknown } from '../../../rendering/languages/language-tag.js'
import { fieldValues } from '../../field-values.js'
import { tickedLists } from '../../ticked-lists.js'

// A button that offers another address comes after the field, and wins.
const lastText = z.preprocess((value) => [value].flat().at(-1), z.string().catch(''))

const Posted = z.object({
  email: lastText,
  /** The address that somebody keeps although it looked mistyped. */
  keeps: lastText,
  lists: tickedLists,
  /** In which they want to read. */
  language: LanguageOrUnknown.catch(null),
  /** In which they read the form. */
  lang: lastText,
  version: z.coerce.number().int().positive().max(1_000_000).optional().catch(undefined),
  stamp: lastText,
  altcha: lastText,
})
const JsonFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).catch({})

/** What somebody sent by a form, from a page or as JSON; nothing in it is checked yet. */
export type Posted = z.output<typeof Posted> & { fields: Record<string, string> }

/** Reads the body of a page's form. */
export function postedForm(body: unknown): Posted {
  const named = z.record(z.string(), z.unknown()).catch({}).parse(body)
  return { ...Posted.parse(named), fields: fieldValues(named) }
}

/** Reads a JSON body: `fields` holds the fields by key, numbers and booleans as such. */
export function postedJson(body: unknown): Posted {
  const named = z.record(z.string(), z.unknown()).catch({}).parse(body)
  const fields = Object.entries(JsonFields.parse(named['fields'])).map(([key, value]) => [key, textOf(value)])
  return { ...Posted.parse(named), fields: Object.fromEntries(fields) }
}

function textOf(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}

import type { Request } from 'express'
import { type Language, languageFor } from '../rendering/messages/language.js'

/**
 * The language of a page for readers: the one chosen on the page (`?lang=fi`), else the first that we speak of what is known of the reader, the
 * surest first, else what the browser asks for, else English.
 */
export function pageLanguage(req: Request, ...known: readonly (string | null | undefined)[]): Language {
  const asked = req.query['lang']
  return languageFor(typeof asked === 'string' ? asked : null, ...known, ...req.acceptsLanguages())
}

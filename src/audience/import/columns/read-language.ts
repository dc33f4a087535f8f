import { canonicalTag, languageName, ownLanguageName } from '../../../rendering/languages/language-tag.js'

/** Those whose names people write into tables instead of a code. */
const NAMED = [
  ...['bg', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fi', 'fr', 'ga', 'hr', 'hu', 'is', 'it', 'lt', 'lv'],
  ...['mt', 'nb', 'nl', 'nn', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sq', 'sr', 'sv', 'tr', 'uk'],
]
const KEPT_MAX = 1000
const tagOfName = new Map(
  NAMED.flatMap((tag) => [languageName(tag), ownLanguageName(tag)].map((name) => [name.toLowerCase(), tag])),
)
const read = new Map<string, string | null>()

/** The language that a cell names, by its code in any spelling or by its name in English or in itself; null for what is none. */
export function readLanguage(text: string): string | null {
  const known = read.get(text)
  if (known !== undefined) return known
  const typed = text.trim()
  const tag = tagOfName.get(typed.toLowerCase()) ?? (typed.length <= 35 ? canonicalTag(typed) : null)
  if (read.size < KEPT_MAX) read.set(text, tag)
  return tag
}

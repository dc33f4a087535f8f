import type { Request } from 'express'
import { languageName, ownLanguageName } from '../rendering/languages/language-tag.js'

/** The languages that a page offers to choose from; every other can be named in a file or on the command line. */
const OFFERED = [
  ...['ar', 'bg', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa', 'fi', 'fr', 'ga'],
  ...['gl', 'he', 'hr', 'hu', 'is', 'it', 'ja', 'lb', 'lt', 'lv', 'mk', 'mt', 'nb', 'nl', 'nn', 'pl', 'pt'],
  ...['pt-BR', 'ro', 'ru', 'se', 'sk', 'sl', 'sq', 'sr', 'sr-Latn', 'sv', 'tr', 'uk', 'zh-Hans', 'zh-Hant'],
]

type Option = { value: string; label: string }

/** Languages by their English names, for those who work here; `known` are offered, too, `without` are not. */
export function languageOptions({
  known = [],
  without = [],
}: {
  known?: readonly string[]
  without?: readonly string[]
} = {}): Option[] {
  return named(known, languageName).filter(({ value }) => !without.includes(value))
}

/** Languages by their own names, for readers; the chosen one is marked, null: none. */
export function ownLanguageOptions(chosen: string | null): (Option & { isChosen: boolean })[] {
  return named(chosen ? [chosen] : [], ownLanguageName).map((option) => ({
    ...option,
    isChosen: option.value === chosen,
  }))
}

/** The first language that a browser asks for and that we offer; null when it asks for none of them. */
export function likelyLanguage(req: Request): string | null {
  return req.get('Accept-Language') ? req.acceptsLanguages(OFFERED) || null : null
}

function named(known: readonly string[], nameOf: (tag: string) => string): Option[] {
  return [...new Set([...OFFERED, ...known])]
    .map((value) => ({ value, label: nameOf(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en', { sensitivity: 'base' }))
}

import { primaryLanguage } from './language-tag.js'

/** The languages that something exists in: `main` is what it was written in, `order` all of them, the first for whoever speaks none of them. */
export type LanguageOffer = { main: string; order: readonly string[] }

/**
 * The language that a reader gets: their very own, else a wider form of it (RFC 4647 §3.4, “lookup”: `zh-Hant` for `zh-Hant-TW`), else
 * another form of the same language, else the first of the order. Whose language nobody knows (null) gets the main one.
 */
export function pickLanguage(reader: string | null, { main, order }: LanguageOffer): string {
  if (reader === null || reader === '') return main
  return closestLanguage(reader, order) ?? order[0] ?? main
}

/** The first of the languages that a reader of `wanted` understands; null when there is none. */
export function closestLanguage(wanted: string, order: readonly string[]): string | null {
  const parts = wanted.toLowerCase().split('-')
  for (let length = parts.length; length > 0; length--) {
    const range = parts.slice(0, length).join('-')
    const found = order.find((tag) => tag.toLowerCase() === range)
    if (found !== undefined) return found
  }
  return order.find((tag) => primaryLanguage(tag) === parts[0]) ?? null
}

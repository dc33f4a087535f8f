import { primaryLanguage } from '../languages/language-tag.js'

/** The languages that readers' pages and our own mails to them speak, the first for everybody else. */
export const LANGUAGES = ['en', 'fi', 'it', 'nl', 'hr', 'ro', 'lt'] as const

export type Language = (typeof LANGUAGES)[number]

/** The words of one namespace in every language, typed alike. */
export type Catalogue<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>

/** Which of our languages a tag means, such as `fi` for `fi-FI`; null: none of them. */
export function spokenLanguage(tag: string | null | undefined): Language | null {
  const primary = primaryLanguage(tag ?? '')
  return LANGUAGES.find((language) => language === primary) ?? null
}

/** The first of these tags that we speak; English when there is none. */
export function languageFor(...tags: readonly (string | null | undefined)[]): Language {
  for (const tag of tags) {
    const language = spokenLanguage(tag)
    if (language) return language
  }
  return 'en'
}

/** A message with its `{placeholders}` filled; one without a value stays as it is, so that a test finds it. */
export function fillMessage(message: string, values: Readonly<Record<string, string>>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

import { z } from 'zod'

/** A language as a BCP 47 tag in its usual spelling, such as `fi` or `pt-BR`, from any spelling of it. */
export const LanguageTag = z
  .string()
  .trim()
  .min(1, 'Choose a language.')
  .max(35, 'Use a language code such as en, fi or pt-BR.')
  .transform((text, context) => {
    const tag = canonicalTag(text)
    if (tag !== null) return tag
    context.addIssue({ code: 'custom', message: 'Use a language code such as en, fi or pt-BR.' })
    return z.NEVER
  })

/** A language that may be unknown: empty means that nobody knows, which is null. */
export const LanguageOrUnknown = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? value : null),
  LanguageTag.nullable(),
)

/** A tag in its usual spelling (RFC 5646 §4.5), or null for what is none. */
export function canonicalTag(text: string): string | null {
  const tag = text.trim().replaceAll('_', '-')
  // Longer first parts are reserved: whoever writes “English” means “en”.
  if (!/^[a-z]{2,3}(-|$)/i.test(tag)) return null
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

/** The language that a tag begins with: `pt` of `pt-BR`. */
export function primaryLanguage(tag: string): string {
  return (tag.split('-')[0] ?? '').toLowerCase()
}

/** What a language is called in English, such as “Finnish”; the tag itself where nobody knows. */
export function languageName(tag: string): string {
  return nameIn('en', tag)
}

/** What a language calls itself, such as “suomi”. */
export function ownLanguageName(tag: string): string {
  return nameIn(tag, tag)
}

function nameIn(locale: string, tag: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

import { ENGLISH, type FormWords } from './forms/en.js'
import { FINNISH } from './forms/fi.js'
import { CROATIAN } from './forms/hr.js'
import { ITALIAN } from './forms/it.js'
import { LITHUANIAN } from './forms/lt.js'
import { DUTCH } from './forms/nl.js'
import { ROMANIAN } from './forms/ro.js'

export type { FormWords }

/** The languages that forms speak, as tags. */
export const FORM_LANGUAGES = ['en', 'fi', 'it', 'nl', 'hr', 'ro', 'lt'] as const
export type FormLanguage = (typeof FORM_LANGUAGES)[number]

/** The words of sign-up forms in every language that they speak. */
export const FORM_WORDS: Readonly<Record<FormLanguage, FormWords>> = {
  en: ENGLISH,
  fi: FINNISH,
  it: ITALIAN,
  nl: DUTCH,
  hr: CROATIAN,
  ro: ROMANIAN,
  lt: LITHUANIAN,
}

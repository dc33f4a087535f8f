import { fieldIn } from '../../../audience/fields/field-in.js'
import type { OpenForm } from '../../../audience/forms/find-form.js'
import { formTexts, hasChoice } from '../../../audience/forms/form-texts.js'
import { ownLanguageName } from '../../../rendering/languages/language-tag.js'
import { FORM_WORDS, type FormLanguage } from '../../../rendering/messages/forms.js'
import { ownLanguageOptions } from '../../language-options.js'
import { lookView } from './look.js'
import type { Posted } from './posted.js'

type Field = OpenForm['fields'][number]
export type Typed = Pick<Posted, 'email' | 'lists' | 'fields' | 'language'>
type Shown = {
  language: FormLanguage
  typed?: Typed
  problems?: Readonly<Record<string, string>>
  suggestion?: string | null
}

export const NOTHING_TYPED: Typed = { email: '', lists: [], fields: {}, language: null }

// What browsers fill in by themselves (WCAG 2.2, 1.3.5).
const PURPOSES: Readonly<Record<string, string>> = {
  FIRSTNAME: 'given-name',
  LASTNAME: 'family-name',
  ORGANISATION: 'organization',
  CITY: 'address-level2',
  COUNTRY: 'country-name',
}

/** A form in one language, with what was typed into it and what is wrong with that, for `partials/sign-up-form`. */
export function formView(
  form: OpenForm,
  { language, typed = NOTHING_TYPED, problems = {}, suggestion = null }: Shown,
) {
  const words = FORM_WORDS[language]
  const texts = formTexts(form, language)
  return {
    lang: language,
    version: form.version,
    look: lookView(form),
    words,
    texts,
    intro: paragraphs(texts.intro),
    consent: paragraphs(texts.consent),
    email: typed.email,
    errors: problems,
    suggestion: suggestion && {
      address: suggestion,
      question: words.didYouMean(suggestion),
      use: words.useIt(suggestion),
    },
    offersChoice: hasChoice(form),
    lists: form.lists.map(({ id, name, description }) => ({
      id,
      name,
      description,
      isTicked: typed.lists.includes(id),
    })),
    fields: form.fields.map((field) => fieldView(field, language, { typed, error: problems[field.key] })),
    languages: form.content.asksLanguage ? ownLanguageOptions(typed.language) : null,
  }
}

/** The other languages of a form, by their own names, with their addresses. */
export function languageLinks({ content }: OpenForm, current: FormLanguage) {
  return content.languages
    .filter((language) => language !== current)
    .map((language) => ({ language, label: ownLanguageName(language), href: `?lang=${language}` }))
}

function fieldView(
  field: Field,
  language: FormLanguage,
  { typed, error }: { typed: Typed; error: string | undefined },
) {
  const { key, type, isRequired } = field
  const { label, choices } = fieldIn(field, language)
  const words = FORM_WORDS[language]
  const value = typed.fields[key] ?? ''
  const option = (name: string, shown: string) => ({ value: name, label: shown, isChosen: name === value })
  const yesNo = [option('yes', words.yes), option('no', words.no)]
  const options = type === 'yes-no' ? yesNo : choices.map((choice) => option(choice.value, choice.label))
  return {
    key,
    label,
    value,
    error,
    isRequired,
    type: type === 'date' ? 'date' : 'text',
    inputMode: type === 'number' ? 'decimal' : null,
    autocomplete: PURPOSES[key] ?? null,
    options: options.length > 0 ? options : null,
  }
}

/** Words of several paragraphs, as they were typed. */
export function paragraphs(words: string): string[] {
  return words
    .split(/\n+/)
    .map((part) => part.trim())
    .filter(Boolean)
}

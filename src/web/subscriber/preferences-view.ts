import { fieldIn } from '../../audience/fields/field-in.js'
import { linksWaitUntil } from '../../audience/mails/ask-for-link.js'
import type { Preferences } from '../../audience/preferences.js'
import { SNOOZE_WEEKS } from '../../audience/snooze-subscriber.js'
import { FORM_WORDS } from '../../rendering/messages/forms.js'
import type { Language } from '../../rendering/messages/language.js'
import { type Messages, messagesFor } from '../../rendering/messages/messages-for.js'
import { ownLanguageOptions } from '../language-options.js'

/** What was typed into a form that could not be saved. */
export type Typed = {
  lists?: readonly string[]
  language?: string | null | undefined
  fields?: Readonly<Record<string, string>>
  isTracked?: boolean
  email?: string
  /** The address that was probably meant. */
  suggestion?: string
}

type Shown = { language: Language; typed: Typed; errors: Readonly<Record<string, string>>; now: Date }
type Words = Messages['preferences']

/** What the preference centre shows of where a person stands, or of what they typed. */
export function preferencesView(standing: Preferences, { language, typed, errors, now }: Shown) {
  const { preferences: words, ownData, blocked } = messagesFor(language)
  const { snoozedUntil, timeZone } = standing
  const long = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: timeZone ?? 'UTC' })
  const linksFrom = linksWaitUntil(standing.linksSince, now)
  const reads = typed.language === undefined ? standing.language : typed.language
  return {
    maskedEmail: standing.maskedEmail,
    languages: ownLanguageOptions(reads),
    lists: standing.lists.map((list) => ({
      ...list,
      isOn: typed.lists
        ? typed.lists.includes(list.listId)
        : list.status === 'confirmed' || list.status === 'pending',
      isPending: list.status === 'pending',
    })),
    blocked: standing.blocked && blocked[standing.blocked],
    isTracked: typed.isTracked ?? standing.isTracked,
    fields: standing.fields.map((field) => {
      const value = typed.fields?.[field.key] ?? field.value
      const error = errors[field.key] && words[WRONG[field.type]]
      const shown = { ...field, ...fieldIn(field, language) }
      return { ...shown, value, error, ...inputOf(shown, value, words) }
    }),
    hasErrors: Object.keys(errors).some((key) => key !== 'email'),
    restsUntil: snoozedUntil && snoozedUntil > now ? long.format(snoozedUntil) : null,
    linksFrom: linksFrom && long.format(linksFrom),
    weeks: SNOOZE_WEEKS.map((weeks) => ({ weeks, label: weeksIn(language, weeks), isChosen: weeks === 4 })),
    newEmail: {
      value: typed.email ?? '',
      error: errors['email'] && ownData.addressWrong,
      suggestion: suggestionView(typed.suggestion, language),
    },
  }
}

function suggestionView(address: string | undefined, language: Language) {
  if (address === undefined) return null
  const { didYouMean, useIt, keepIt } = FORM_WORDS[language]
  return { address, question: didYouMean(address), use: useIt(address), keepIt }
}

const WRONG = {
  text: 'wrongText',
  number: 'wrongNumber',
  date: 'wrongDate',
  choice: 'wrongChoice',
  'yes-no': 'wrongChoice',
} as const

type ShownField = Pick<Preferences['fields'][number], 'type'> & Pick<ReturnType<typeof fieldIn>, 'choices'>

function inputOf({ type, choices }: ShownField, value: string, words: Words) {
  const option = (key: string, label: string) => ({ value: key, label, isChosen: key === value })
  switch (type) {
    case 'yes-no':
      return { options: [option('', words.noAnswer), option('yes', words.yes), option('no', words.no)] }
    case 'choice': {
      // What a choice once was stays to be seen until another is made.
      const isKnown = value === '' || choices.some((choice) => choice.value === value)
      const known = isKnown ? choices : [...choices, { value, label: value }]
      return {
        options: [option('', words.noAnswer), ...known.map((choice) => option(choice.value, choice.label))],
      }
    }
    case 'date':
      return { inputType: 'date' }
    case 'number':
      return { inputType: 'text', inputMode: 'decimal' }
    case 'text':
      return { inputType: 'text' }
  }
}

function weeksIn(language: Language, weeks: number): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'week', unitDisplay: 'long' }).format(weeks)
}

import { LANGUAGES, languageFor } from '../../../src/rendering/messages/language.js'
import { CATALOGUES } from '../../../src/rendering/messages/messages-for.js'

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).sort()
/** Words that are the same in some languages. */
const SAME = new Set(['Newsletter', 'No', 'Yes'])

describe.each(Object.entries(CATALOGUES))('%s', (_name, catalogue) => {
  it.each(LANGUAGES)(
    'says everything in %s, with the same placeholders, and nothing in English',
    (language) => {
      const [english, words] = [catalogue.en, catalogue[language]] as Record<string, string>[]
      expect(Object.keys(words ?? {}).sort()).toEqual(Object.keys(english ?? {}).sort())
      for (const [key, text] of Object.entries(words ?? {})) {
        expect([key, placeholders(text)]).toEqual([key, placeholders(english?.[key] ?? '')])
        expect([key, text.trim()]).toEqual([key, text])
        if (language !== 'en' && !SAME.has(text)) expect([key, text]).not.toEqual([key, english?.[key]])
      }
    },
  )
})

it('takes the first language that we speak, else English', () => {
  expect(languageFor(null, 'sv', 'fi-FI', 'it')).toBe('fi')
  expect(languageFor('LT')).toBe('lt')
  expect(languageFor('', undefined, 'zh-Hant')).toBe('en')
})

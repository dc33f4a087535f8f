import { FORM_LANGUAGES, FORM_WORDS, type FormWords } from '../../../src/rendering/messages/forms.js'

const NAMES = Object.keys(FORM_WORDS.en) as (keyof FormWords)[]
const say = (words: FormWords, name: keyof FormWords) => {
  const entry = words[name]
  return typeof entry === 'string' ? entry : entry('Bell & Co')
}

it.each(FORM_LANGUAGES)('forms say everything in %s, in words of that language', (language) => {
  for (const name of NAMES) {
    const words = say(FORM_WORDS[language], name)
    expect(words.trim()).toBe(words)
    expect(words).not.toBe('')
    // A few short words are the same in two languages, whole sentences are not.
    if (language !== 'en' && words.length > 12) expect(words).not.toBe(say(FORM_WORDS.en, name))
    if (typeof FORM_WORDS.en[name] === 'function') expect(words).toContain('Bell & Co')
  }
  expect(FORM_WORDS[language].consent('')).not.toMatch(/\bundefined\b|\bnull\b|  /)
})

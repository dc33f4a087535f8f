import fc from 'fast-check'
import {
  canonicalTag,
  LanguageOrUnknown,
  LanguageTag,
  languageName,
  ownLanguageName,
} from '../../../src/rendering/languages/language-tag.js'

it.each([
  ['fi', 'fi'],
  [' PT_br ', 'pt-BR'],
  ['ZH-hant-tw', 'zh-Hant-TW'],
  ['English', null],
  ['no such', null],
  ['e', null],
  ['fi-', null],
  ['*', null],
])('writes %j as %j', (text, tag) => {
  expect(canonicalTag(text)).toBe(tag)
  expect(LanguageTag.safeParse(text).success).toBe(tag !== null)
})

it('takes any text, and gives what dates and names can be written in, or nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/)), (text) => {
      const tag = canonicalTag(text)
      fc.pre(tag !== null)
      expect(canonicalTag(tag ?? '')).toBe(tag)
      expect(new Intl.DateTimeFormat(tag ?? 'en').format(0)).toBeTruthy()
      expect([languageName(tag ?? ''), ownLanguageName(tag ?? '')].every(Boolean)).toBe(true)
    }),
  )
})

it('knows when nobody knows', () => {
  for (const value of ['', '  ', null, undefined]) expect(LanguageOrUnknown.parse(value)).toBeNull()
  expect(LanguageOrUnknown.parse('LT')).toBe('lt')
})

import fc from 'fast-check'
import { primaryLanguage } from '../../../src/rendering/languages/language-tag.js'
import { pickLanguage } from '../../../src/rendering/languages/pick-language.js'

const TAGS = [
  'en',
  'en-GB',
  'fi',
  'pt',
  'pt-BR',
  'pt-PT',
  'sr-Latn',
  'sr-Cyrl',
  'zh-Hant',
  'zh-Hant-TW',
  'it',
  'hr',
]
const tag = fc.constantFrom(...TAGS)
/** Some languages in an order, one of them the main one, and a reader of any. */
const offers = fc
  .tuple(fc.uniqueArray(tag, { minLength: 1, maxLength: 6 }), fc.nat(), fc.option(tag))
  .map(([order, at, reader]) => ({ reader, order, main: order[at % order.length] ?? 'en' }))

it.each([
  [null, 'fi'],
  ['', 'fi'],
  ['fi', 'fi'],
  ['sv', 'sv'],
  ['SV-fi', 'sv'],
  ['pt', 'pt-BR'],
  ['pt-PT', 'pt-BR'],
  ['zh-Hant-TW', 'zh-Hant'],
  ['hr', 'en'],
])('gives a reader of %s the edition in %s', (reader, edition) => {
  const order = ['en', 'fi', 'sv', 'pt-BR', 'zh-Hant']
  expect(pickLanguage(reader, { main: 'fi', order })).toBe(edition)
})

it('always gives a language that there is', () => {
  fc.assert(fc.property(offers, ({ reader, ...offer }) => offer.order.includes(pickLanguage(reader, offer))))
})

it('gives everybody their very own language where it exists', () => {
  fc.assert(
    fc.property(offers, tag, ({ order, main }, reader) => {
      fc.pre(order.includes(reader))
      expect(pickLanguage(reader, { order, main })).toBe(reader)
      expect(pickLanguage(reader.toUpperCase(), { order, main })).toBe(reader)
    }),
  )
})

it('gives nobody a foreign language while there is a form of their own', () => {
  fc.assert(
    fc.property(offers, tag, ({ order, main }, reader) => {
      fc.pre(order.some((one) => primaryLanguage(one) === primaryLanguage(reader)))
      expect(primaryLanguage(pickLanguage(reader, { order, main }))).toBe(primaryLanguage(reader))
    }),
  )
})

it('gives the first of the order to who reads none of them, and the main one to whom nobody knows', () => {
  fc.assert(
    fc.property(offers, ({ order, main }) => {
      expect(pickLanguage('xx', { order, main })).toBe(order[0])
      expect(pickLanguage(null, { order, main })).toBe(main)
    }),
  )
})

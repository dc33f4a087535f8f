import fc from 'fast-check'
import { parseFieldValue } from '../../src/audience/field-value.js'

const field = (type: Parameters<typeof parseFieldValue>[0]['type'], choices: string[] = []) => ({
  type,
  choices,
})

it.each([
  ['text', '  Galway ', 'Galway'],
  ['text', '', ''],
  ['number', '+007.500', '7.5'],
  ['number', '-0', '0'],
  ['number', '-3,50', '-3.5'],
  ['number', '-0.50', '-0.5'],
  ['date', '2024-02-29', '2024-02-29'],
  ['yes-no', 'TRUE', 'yes'],
  ['yes-no', '0', 'no'],
] as const)('keeps %s %j as %j', (type, typed, value) => {
  expect(parseFieldValue(field(type), typed)).toEqual({ value })
})

it('spells a choice as the list does', () => {
  expect(parseFieldValue(field('choice', ['Partner', 'partner']), 'partner')).toEqual({ value: 'partner' })
  expect(parseFieldValue(field('choice', ['Partner', 'Guest']), 'gUEST ')).toEqual({ value: 'Guest' })
})

it.each([
  ['text', 'a\nb', 'single line'],
  ['text', 'x'.repeat(501), '500'],
  ['number', '1,234,5', 'number'],
  ['number', '1.234,5', 'number'],
  ['text', 'a\ud800', 'single line'],
  ['number', '1e3', 'number'],
  ['date', '2025-02-29', 'year-month-day'],
  ['date', '2.3.2026', 'year-month-day'],
  ['yes-no', 'maybe', 'yes or no'],
] as const)('says what is wrong with %s %j', (type, typed, words) => {
  expect(parseFieldValue(field(type), typed)).toEqual({ problem: expect.stringContaining(words) })
})

it('names the choices that there are', () => {
  expect(parseFieldValue(field('choice', ['A', 'B']), 'C')).toEqual({ problem: 'Choose one of: A, B.' })
})

it('reads its own result as itself', () => {
  const types = fc.constantFrom('text', 'number', 'date', 'yes-no', 'choice' as const)
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.float().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  )
  fc.assert(
    fc.property(types, texts, (type, text) => {
      const first = parseFieldValue(field(type as 'text', ['yes', 'No', '1']), text)
      if ('value' in first)
        expect(parseFieldValue(field(type as 'text', ['yes', 'No', '1']), first.value)).toEqual(first)
    }),
  )
})

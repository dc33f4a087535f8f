import fc from 'fast-check'
import { parseMerge } from '../../../src/rendering/merge/parse-merge.js'
import { renderTemplate } from '../../../src/rendering/merge/render-template.js'
import { sampleValues } from '../../helpers/sample-content.js'

const KNOWN = ['contact.EMAIL', 'contact.FIRSTNAME', 'contact.CITY', 'issue.TITLE', 'links.UNSUBSCRIBE']
const render = (source: string, contact: Record<string, string> = { FIRSTNAME: 'Ada' }) =>
  renderTemplate(parseMerge(source, KNOWN).template, sampleValues(contact))
const errors = (source: string) => parseMerge(source, KNOWN).errors

it.each([
  '<<contact.EMAIL>>',
  '<< contact.email >>',
  '{{contact.EMAIL}}',
  '{{ contact.EMAIL }}',
  '&lt;&lt;contact.EMAIL&gt;&gt;',
  '&#60;&#x3C;contact.EMAIL&#62;&gt;',
  '<<&nbsp;contact.EMAIL&nbsp;>>',
])('reads %s as the address', (source) => {
  expect(render(`[${source}]`)).toBe('[ada@example.org]')
  expect(errors(source)).toEqual([])
})

it.each([
  ['<<contact.CITY | default: "town">>', 'town'],
  ["{{ contact.CITY|default:'town' }}", 'town'],
  ['&lt;&lt;contact.CITY | default: &quot;to > wn&quot;&gt;&gt;', 'to > wn'],
  ['<<contact.CITY | default: “town”>>', 'town'],
  ['<<contact.CITY>>', ''],
  ['<<contact.FIRSTNAME | default: "reader">>', 'Ada'],
  ['<<contact.CITY | default: "reader’s friend">>', 'reader’s friend'],
  ['<<contact.CITY | default: "reader\'s">>', "reader's"],
  ["{{ contact.CITY | default: 'reader's friend' }}", "reader's friend"],
  ['{{contact.CITY | default: ‘reader’s friend’}}', 'reader’s friend'],
  ['&lt;&lt;contact.CITY | default: &quot;reader&#39;s&quot;&gt;&gt;', "reader's"],
  ['<<contact.CITY | default: "more >>>">>!', 'more >>>!'],
  ['<<contact.CITY | default: "a \\">>\\" b">>', 'a ">>" b'],
  ['<<contact.CITY | default: "">>', ''],
])('gives %s its default', (source, expected) => {
  expect(render(source)).toBe(expected)
})

it('follows conditions, nested and in both spellings', () => {
  const source =
    '<<#if contact.CITY>>in {{contact.CITY}}{{#if contact.FIRSTNAME}}!<</if>><<else>>away<</if>>.'
  expect(errors(source)).toEqual([])
  expect(render(source, { CITY: 'Oulu', FIRSTNAME: 'Ada' })).toBe('in Oulu!.')
  expect(render(source, { CITY: 'Oulu' })).toBe('in Oulu.')
  expect(render(source, {})).toBe('away.')
})

it.each([
  'a << b',
  'a <<b',
  '{{',
  'a {{ b',
  'see contact.EMAIL for more',
  '>>> more',
  'x { { y } }',
  '<<',
  '>>',
  'if a<<2 and b>>1',
])('leaves %s alone', (source) => {
  expect(render(source)).toBe(source)
  expect(errors(source)).toEqual([])
})

it.each([
  [
    'x\n  <<contact.FISTNAME>>',
    { line: 2, column: 3, message: expect.stringContaining('contact.FIRSTNAME') },
  ],
  ['{{7*7}}', { line: 1, column: 1, message: expect.stringContaining('not a merge field') }],
  ['{{> partial}}', { line: 1, column: 1, message: expect.stringContaining('not a merge field') }],
  ['{{{contact.EMAIL}}}', { line: 1, column: 1, message: expect.stringContaining('not a merge field') }],
  ['{{#each contact}}', { line: 1, column: 1, message: expect.stringContaining('not a merge field') }],
  ['<<contact.constructor>>', { line: 1, column: 1, message: expect.stringContaining('no merge field') }],
  ['<<contact.CITY | default: town>>', { line: 1, column: 1, message: expect.stringContaining('quotes') }],
  ['ab<<#if contact.CITY>>x', { line: 1, column: 3, message: expect.stringContaining('never closed') }],
  ['x<</if>>', { line: 1, column: 2, message: expect.stringContaining('without') }],
  ['x<<else>>', { line: 1, column: 2, message: expect.stringContaining('without') }],
  ['Dear <<contact.EMAIL,', { line: 1, column: 6, message: expect.stringContaining('add >>') }],
  ['Dear <<contact.EMAIL>,', { line: 1, column: 6, message: expect.stringContaining('add >>') }],
  ['a\n{{ contact.EMAIL }', { line: 2, column: 1, message: expect.stringContaining('add }}') }],
  ['&lt;&lt;contact.EMAIL', { line: 1, column: 1, message: expect.stringContaining('add >>') }],
  [
    '<<contact.EMAIL and <<contact.CITY>>',
    { line: 1, column: 1, message: expect.stringContaining('add >>') },
  ],
  ['x <<#if contact.CITY', { line: 1, column: 3, message: expect.stringContaining('add >>') }],
  [
    '<<contact.CITY | default: "reader>> and <<contact.CITY | default: "x">>',
    { line: 1, column: 1, message: expect.stringContaining('closing quote') },
  ],
  [
    'x {{contact.CITY | default: ‘reader}}',
    { line: 1, column: 3, message: expect.stringContaining('closing quote') },
  ],
  ['Dear contact.EMAIL>>', { line: 1, column: 6, message: expect.stringContaining('no beginning') }],
  ['Dear {contact.EMAIL}}', { line: 1, column: 7, message: expect.stringContaining('no beginning') }],
])('says what is wrong with %j and where', (source, expected) => {
  expect(errors(source)).toEqual([expected])
})

it('leaves any text without tags byte for byte as it is', () => {
  const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/(<|&lt;|&#)|\{\{/i.test(text))
  fc.assert(fc.property(plain, (text) => expect(render(text)).toBe(text)))
})

it('never throws, whatever is written', () => {
  const pieces = fc.constantFrom(
    '<<',
    '>>',
    '{{',
    '}}',
    '#if ',
    '/if',
    'else',
    'contact.EMAIL',
    '|',
    'default:',
    '"',
    '&lt;',
    '&gt;',
    '\n',
    'x',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      expect(typeof render(parts.join(''))).toBe('string')
    }),
  )
})

it('reads any default back as it was written, in either spelling', () => {
  const inside = fc
    .string({ unit: fc.constantFrom(...'abz é’\'"\\.,!>}|:&;'.split('')), maxLength: 30 })
    .filter((text) => !/\}\}|&/.test(text))
  fc.assert(
    fc.property(inside, fc.boolean(), (value, angle) => {
      const quoted = `"${value.replace(/["\\]/g, '\\$&')}"`
      const tag = angle ? `<<contact.CITY | default: ${quoted}>>` : `{{contact.CITY | default: ${quoted}}}`
      expect(errors(tag)).toEqual([])
      expect(render(`[${tag}]`)).toBe(`[${value}]`)
    }),
  )
})

it('never interprets a value', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const shown = render('<<contact.CITY>>', { CITY: `${value}{{7*7}}<<contact.EMAIL>>` })
      expect(shown).toContain('{{7*7}}<<contact.EMAIL>>')
      expect(shown).not.toMatch(/[\r\n\0]/)
    }),
  )
})

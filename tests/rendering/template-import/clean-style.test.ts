import fc from 'fast-check'
import { cleanStyle } from '../../../src/rendering/template-import/clean-style.js'
import { createReport } from '../../../src/rendering/template-import/report.js'

const cleaned = (text: string) => cleanStyle({ at: 0, text }, () => undefined)

it.each([
  ['@import url("https://example.org/css2?family=Inter:wght@400;700&display=swap");.a{}', '.a{}'],
  ['@import url(https://example.org/a;b) screen; .a{}', ' .a{}'],
  ["@import 'a;b';.a{}", '.a{}'],
  ['@import "never closed;.a{}', '.a{}'],
  ['<![CDATA[ .a{} ]]>', ' .a{} '],
])('makes of %s what was meant', (text, expected) => {
  expect(cleaned(text)).toBe(expected)
})

const piece = fc.constantFrom(
  ...[
    '.a{}',
    '\n',
    '@import url("a;b");',
    "@import 'x';",
    '@font-face{src:url(a)}',
    '<![CDATA[',
    ']]>',
    '<b',
  ],
)

it('says of everything that it takes out where it stood', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('')
      const { report, entries } = createReport(text)
      cleanStyle({ at: 0, text }, report)
      const lines = text.split('\n')
      for (const { line, column, tag } of entries)
        expect(
          lines
            .slice(line - 1)
            .join(' ')
            .slice(column - 1),
        ).toMatch(new RegExp(`^${tag.slice(0, 7).replace(/[[\]!.*+?^${}()|]/g, '\\$&')}`))
    }),
  )
})

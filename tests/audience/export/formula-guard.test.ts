import fc from 'fast-check'
import { csvLine } from '../../../src/audience/export/csv-line.js'
import { guarded, unguarded } from '../../../src/audience/export/formula-guard.js'

it.each([
  ['=1+1', "'=1+1"],
  ['x;=cmd|A0;', "x;'=cmd|A0;"],
  ['a\t@b\n-c\r+d', "a\t'@b\n'-c\r'+d"],
  ['\n=1', "'\n'=1"],
  ['\uff1dSUM(A1)', "'\uff1dSUM(A1)"],
  ['x;"=1"', 'x;\'"=1"'],
  ['a-b; c', 'a-b; c'],
])('guards %j', (cell, safe) => {
  expect(guarded(cell)).toBe(safe)
})

it('is taken off again, whatever the cell', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '=', '-', "'", '"', ';', '\t', '\r', '\n', '\uff20') })
  fc.assert(
    fc.property(cell, (text) => {
      expect(unguarded(guarded(text))).toBe(text)
    }),
    { numRuns: 3000 },
  )
})

it('quotes what holds marks of the file itself', () => {
  expect(csvLine(['a', 'b "c"', 'd,e'])).toBe('a,"b ""c""","d,e"\r\n')
})

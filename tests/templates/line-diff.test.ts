import fc from 'fast-check'
import { lineDiff } from '../../src/templates/line-diff.js'

const kinds = (earlier: string, later: string) =>
  lineDiff(earlier, later).map(({ kind, lines }) => `${kind} ${lines.join(',')}`)

it('shows what went and what came', () => {
  expect(kinds('a\nb\nc\nd', 'a\nc\nx\nd')).toEqual(['same a', 'removed b', 'same c', 'added x', 'same d'])
  expect(kinds('a', 'a')).toEqual(['same a'])
  expect(kinds('a\nb', 'c\nd')).toEqual(['removed a,b', 'added c,d'])
})

it('leads from either text to the other', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 })
    .map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (earlier, later) => {
      const runs = lineDiff(earlier, later)
      const side = (left: string) =>
        runs
          .filter(({ kind }) => kind !== left)
          .flatMap(({ lines }) => lines)
          .join('\n')
      expect(side('added')).toBe(earlier)
      expect(side('removed')).toBe(later)
    }),
  )
})

it('stays quick for long texts', () => {
  const long = (word: string) => Array.from({ length: 20_000 }, (_, line) => `${word} ${line}`).join('\n')
  expect(lineDiff(long('a'), long('b'))).toHaveLength(2)
})

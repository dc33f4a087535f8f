import * as fc from 'fast-check'
import { baseOf, ClashError, mergeChanges } from '../../src/issues/merge-changes.js'

const words = fc.oneof(fc.string({ maxLength: 8 }), fc.string({ minLength: 70, maxLength: 90 }))
const content = fc.record({ title: words, text: words, isBig: fc.boolean(), link: words })
const LONG = 'A text that is so long that only its digest travels with the form, not itself. '

it('keeps what only one of two has changed, on either side', () => {
  fc.assert(
    fc.property(
      content,
      content,
      content,
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      (was, a, b, who) => {
        const names = Object.keys(was) as (keyof typeof was)[]
        const pick = (isFirst: boolean, changed: typeof was) =>
          Object.fromEntries(names.map((name, at) => [name, who[at] === isFirst ? changed[name] : was[name]]))
        const merged = mergeChanges({ base: baseOf(was), mine: pick(true, a), current: pick(false, b) })
        expect(merged).toEqual(Object.fromEntries(names.map((name, at) => [name, (who[at] ? a : b)[name]])))
      },
    ),
  )
})

it('never drops a change without a word: the result holds what each side changed, or it is a clash', () => {
  fc.assert(
    fc.property(content, content, content, (was, mine, current) => {
      try {
        const merged = mergeChanges({ base: baseOf(was), mine, current })
        for (const name of Object.keys(was) as (keyof typeof was)[]) {
          if (mine[name] !== was[name]) expect(merged[name]).toBe(mine[name])
          if (current[name] !== was[name]) expect(merged[name]).toBe(current[name])
        }
      } catch (error) {
        const { theirs, base } = error as ClashError
        for (const name of Object.keys(theirs) as (keyof typeof was)[])
          expect(
            current[name] !== was[name] && mine[name] !== was[name] && mine[name] !== current[name],
          ).toBe(true)
        // Saying so once more is meant.
        expect(mergeChanges({ base, mine, current })).toEqual((error as ClashError).merged)
      }
    }),
  )
})

it('takes what both have changed to the same for saved, and both ways of ending a line for one', () => {
  expect(mergeChanges({ base: { a: '1' }, mine: { a: '2' }, current: { a: '2' } })).toEqual({ a: '2' })
  const base = baseOf({ a: `${LONG}\r\nend` })
  expect(mergeChanges({ base, mine: { a: `${LONG}\nend` }, current: { a: 'new' } })).toEqual({ a: 'new' })
})

it('puts what both have added to a list, and taken out of it, together', () => {
  const merge = (base: string[], mine: string[], current: string[]) =>
    mergeChanges({ base: { ids: base }, mine: { ids: mine }, current: { ids: current } })['ids']
  expect(merge(['a', 'b'], ['a', 'b', 'c'], ['b', 'd'])).toEqual(['b', 'd', 'c'])
  expect(merge(['a', 'b', 'c'], ['c', 'b', 'a'], ['a', 'c', 'd'])).toEqual(['c', 'a', 'd'])
  expect(merge(['a'], ['a', 'b'], ['a', 'b', 'c'])).toEqual(['a', 'b', 'c'])
  expect(() => merge(['a', 'b', 'c'], ['c', 'b', 'a'], ['b', 'a', 'c'])).toThrow(ClashError)
})

it('looks into rows as long as there are as many, and names the field that both have changed', () => {
  const rows = (...titles: string[]) => ({ entries: titles.map((title) => ({ title, url: '' })) })
  const base = baseOf(rows('one', 'two'))
  expect(mergeChanges({ base, mine: rows('ONE', 'two'), current: rows('one', 'TWO') })).toEqual(
    rows('ONE', 'TWO'),
  )
  const clash = (mine: object, current: object) => {
    try {
      return mergeChanges({ base, mine: mine as never, current: current as never })
    } catch (error) {
      return (error as ClashError).theirs
    }
  }
  expect(clash(rows('mine', 'two'), rows('theirs', 'two'))).toEqual({ 'entries.0.title': 'theirs' })
  expect(clash(rows('mine', 'two'), rows('one'))).toEqual({ entries: rows('one').entries })
})

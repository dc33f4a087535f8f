import fc from 'fast-check'
import { parseAddress } from '../../../src/audience/address.js'
import { FREQUENT_DOMAINS } from '../../../src/audience/forms/frequent-domains.js'
import { suggestAddress, typingDistance } from '../../../src/audience/forms/suggest-address.js'

function suggestionFor(text: string): string | null {
  const address = parseAddress(text)
  if ('problem' in address) throw new Error(address.problem)
  return suggestAddress(address)
}

it.each([
  ['Ada.Lovelace@gmial.com', 'Ada.Lovelace@gmail.com'],
  ['ada@gmail.con', 'ada@gmail.com'],
  ['ada@gmail.co', 'ada@gmail.com'],
  ['ada@gmai.com', 'ada@gmail.com'],
  ['ada@gnail.com', 'ada@gmail.com'],
  ['ada@hotmial.com', 'ada@hotmail.com'],
  ['ada@hotmaill.con', 'ada@hotmail.com'],
  ['ada@outlok.com', 'ada@outlook.com'],
  ['ada@yaho.com', 'ada@yahoo.com'],
  ['ada@iclod.com', 'ada@icloud.com'],
  ['ada@libero.ti', 'ada@libero.it'],
  ['ada@elisanet.if', 'ada@elisanet.fi'],
  ['дарья@gmial.com', 'дарья@gmail.com'],
])('for %s it is %s', (typed, meant) => {
  expect(suggestionFor(typed)).toBe(meant)
})

it.each([
  'ada@example.org',
  'ada@yahoo.fr',
  'ada@hotmail.de',
  'ada@mail.com',
  'ada@ymail.com',
  'ada@bücher.example',
  'ada@me.com',
])('leaves %s alone', (typed) => {
  expect(suggestionFor(typed)).toBeNull()
})

it('never suggests another domain for one that it knows, and only ever suggests those', () => {
  for (const domain of FREQUENT_DOMAINS) expect(suggestionFor(`ada@${domain}`)).toBeNull()
  const letters = fc.stringMatching(/^[a-z]{1,12}$/)
  fc.assert(
    fc.property(letters, letters, fc.constantFrom('com', 'fi', 'net', 'con'), (local, name, end) => {
      const suggestion = suggestionFor(`${local}@${name}.${end}`)
      if (suggestion === null) return
      const domain = suggestion.slice(suggestion.indexOf('@') + 1)
      expect(suggestion.startsWith(`${local}@`)).toBe(true)
      expect(FREQUENT_DOMAINS).toContain(domain)
      // What was suggested is never doubted again.
      expect(suggestionFor(suggestion)).toBeNull()
    }),
  )
})

it('finds every address of a known provider with two neighbouring letters swapped', () => {
  const swaps = FREQUENT_DOMAINS.filter((domain) => domain.length >= 8).flatMap((domain) =>
    Array.from({ length: domain.indexOf('.') - 1 }, (_, at) => ({ domain, at })),
  )
  fc.assert(
    fc.property(fc.constantFrom(...swaps), ({ domain, at }) => {
      const typed = `${domain.slice(0, at)}${domain[at + 1]}${domain[at]}${domain.slice(at + 2)}`
      if (typed === domain || !/^[a-z0-9]/.test(typed) || typed.includes('-.')) return
      expect(suggestionFor(`ada@${typed}`)).not.toBeNull()
    }),
  )
})

it('measures what hands do wrong', () => {
  expect(typingDistance('gmail', 'gmial')).toBe(1)
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      expect(typingDistance(a, b)).toBe(typingDistance(b, a))
      expect(typingDistance(a, b) === 0).toBe(a === b)
    }),
  )
})

import fc from 'fast-check'
import { type Address, maskAddress, parseAddress, wireAddress } from '../../src/audience/address.js'

const parsed = (text: string) => parseAddress(text) as Address

it.each([
  [' Ada.Lovelace@Example.ORG ', 'Ada.Lovelace@example.org', 'ada.lovelace@example.org', false],
  ["o'neil+news@sub.example.co", "o'neil+news@sub.example.co", "o'neil+news@sub.example.co", false],
  ['ada@BÜCHER.example', 'ada@bücher.example', 'ada@xn--bcher-kva.example', false],
  ['ada@xn--bcher-kva.example', 'ada@bücher.example', 'ada@xn--bcher-kva.example', false],
  ['Jörg@example.org', 'Jörg@example.org', 'jörg@example.org', true],
])('reads %s', (text, email, key, needsSmtpUtf8) => {
  expect(parseAddress(text)).toEqual({ email, key, needsSmtpUtf8 })
})

it.each([
  '',
  '   ',
  'ada',
  '@example.org',
  'ada@',
  'ada@localhost',
  'ada@@example.org',
  'a@b@example.org',
  'ada @example.org',
  'ada@exa mple.org',
  'ada@example.org,ben@example.org',
  'ada@example.org;ben@example.org',
  'Ada <ada@example.org>',
  '"ada"@example.org',
  'ada(comment)@example.org',
  'ada@[127.0.0.1]',
  'ada@127.0.0.1',
  'ada@example.org\r\nBcc: ben@example.org',
  'ada\u0000@example.org',
  'ada\u202e@example.org',
  '.ada@example.org',
  'ada.@example.org',
  'a..da@example.org',
  'ada@example..org',
  'ada@-example.org',
  'ada@ex%61mple.org',
  'ada@exa_mple.org',
  `${'a'.repeat(65)}@example.org`,
  `ada@${'a'.repeat(64)}.org`,
  `${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(4)}org`,
  'group:ada@example.org',
])('explains what is wrong with %j', (text) => {
  expect(parseAddress(text)).toMatchObject({ problem: expect.stringMatching(/^[A-Z].*\.$/) })
})

const nearlyAddress = fc
  .tuple(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.oneof(
      fc.domain(),
      fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => `${text}.example`),
    ),
  )
  .map(([local, domain]) => `${local}@${domain}`)

it('settles: reading what it gave changes nothing, and the key is the same for every spelling', () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), nearlyAddress), (text) => {
      const first = parseAddress(text)
      if ('problem' in first) return
      expect(parseAddress(first.email)).toEqual(first)
      expect(parsed(first.key).key).toBe(first.key)
      expect(parsed(wireAddress(first.email)).key).toBe(first.key)
    }),
    { numRuns: 3000 },
  )
})

it('never lets through what could end or add a header or a recipient', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearlyAddress), (text) => {
      const address = parseAddress(text)
      if ('problem' in address) return
      expect(address.email + address.key).not.toMatch(/[\p{C}\p{Z},;<>()"[\]:\\]/u)
      expect(address.email.split('@')).toHaveLength(2)
    }),
    { numRuns: 3000 },
  )
})

it('masks all but the first letters', () => {
  expect(maskAddress('mara@dorf.example')).toBe('m***@d***')
})

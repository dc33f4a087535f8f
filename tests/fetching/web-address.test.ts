import fc from 'fast-check'
import { checkedAddresses } from '../../src/fetching/checked-addresses.js'
import { FetchRefusedError } from '../../src/fetching/fetch-errors.js'
import { publicWeb } from '../../src/fetching/web-access.js'
import { hostOf, webAddress } from '../../src/fetching/web-address.js'

const web = {
  ...publicWeb({ publicUrl: 'https://news.example.org' }),
  resolve: async () => {
    throw new Error('nothing may be looked up here')
  },
}

/** What a name or number comes to: refused at its reading or at its check, else the addresses to dial. */
async function dialled(address: string): Promise<readonly string[]> {
  return checkedAddresses(web, hostOf(webAddress(address, web)))
}

const HOSTILE = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://0x7f.1/',
  'http://0x7f000001/',
  'http://2130706433/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://127.0.0.1../',
  'http://%31%32%37.0.0.1/',
  'http://127。0。0。1/',
  'http://①②⑦.0.0.1/',
  'http://0/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[0:0:0:0:0:ffff:7f00:1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[fd00::1]/',
  'http://[fe80::1%25eth0]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://ⓛocalhost/',
  'http://evil.localhost/',
  'http://printer.local/',
  'http://metadata.google.internal/',
  'http://router.home.arpa/',
  'http://intranet/',
  'http://redis:6379/',
  'https://example.org:22/',
  'https://example.org:8080/',
  'http://user@example.org/',
  'http://user:secret@example.org/',
  'http://example.org@127.0.0.1/',
  'file:///etc/passwd',
  'ftp://example.org/',
  'gopher://example.org/',
  'javascript:alert(1)',
  'data:text/html,hello',
  'example.org',
  '//example.org/',
  'http://',
  '',
  `https://example.org/${'x'.repeat(2000)}`,
]

it.each(HOSTILE)('refuses %s', async (address) => {
  await expect((async () => dialled(address))()).rejects.toThrow(FetchRefusedError)
})

it.each([
  ['HTTPS://Example.ORG:443/a b?q=1#part', 'https://example.org/a%20b?q=1'],
  ['http://example.org./x', 'http://example.org/x'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
])('reads %s', (address, wanted) => {
  expect(webAddress(address, web).href).toBe(wanted)
})

it('refuses a step from https to http, not the other way', () => {
  expect(() => webAddress('http://example.org/', web, new URL('https://example.org/'))).toThrow('unsafe')
  expect(webAddress('https://example.org/', web, new URL('http://example.org/')).protocol).toBe('https:')
  expect(webAddress('/next', web, new URL('https://example.org/a')).href).toBe('https://example.org/next')
})

const byte = fc.integer({ min: 0, max: 255 })
const spelled = (part: number) =>
  fc.constantFrom(String(part), `0x${part.toString(16)}`, `0${part.toString(8)}`)
const insideNotations = fc
  .oneof(
    fc.tuple(fc.constantFrom(10, 127), byte, byte, byte),
    fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
    fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
  )
  .chain(([a, b, c, d]) => {
    const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
    return fc.oneof(
      fc.tuple(spelled(a), spelled(b), spelled(c), spelled(d)).map((parts) => parts.join('.')),
      fc.tuple(spelled(a), spelled(b), spelled((c << 8) | d)).map((parts) => parts.join('.')),
      fc.tuple(spelled(a), spelled((b << 16) | (c << 8) | d)).map((parts) => parts.join('.')),
      spelled(number),
      fc.constant(`[::ffff:${a}.${b}.${c}.${d}]`),
      fc.constant(
        `[2002:${number
          .toString(16)
          .padStart(8, '0')
          .replace(/^(....)/, '$1:')}::]`,
      ),
    )
  })

it('refuses private addresses however they are spelled, with or without dots at their end', async () => {
  await fc.assert(
    fc.asyncProperty(insideNotations, fc.constantFrom('', '.'), async (host, dot) => {
      const address = `http://${host}${host.startsWith('[') ? '' : dot}/`
      await expect((async () => dialled(address))()).rejects.toThrow(FetchRefusedError)
    }),
  )
})

it('refuses a name as soon as one of its addresses is inside', async () => {
  const mixed = { ...web, resolve: async () => ['93.184.215.14', '10.0.0.1'] }
  await expect(checkedAddresses(mixed, 'example.org')).rejects.toThrow('private network')
  const outside = { ...web, resolve: async () => ['93.184.215.14', '2606:4700::1111'] }
  expect(await checkedAddresses(outside, 'example.org')).toHaveLength(2)
})

import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { newId } from '../../db/uuid.js'
import {
  createLinks,
  deliveryToken,
  readDeliveryToken,
  signToken,
  type TokenPurpose,
  verifyToken,
} from '../../src/audience/tokens.js'
import { parseKeyRing } from '../../src/secrets.js'

const key = (kid: string) => `${kid}:${randomBytes(32).toString('base64url')}`
const ring = parseKeyRing(key('k2'))
const PURPOSES: TokenPurpose[] = ['unsub', 'prefs', 'confirm', 'webview', 'download', 'erase', 'address']
const now = new Date('2026-03-02T09:00:00Z')
const ids = { subscriberId: newId(now), issueId: newId(now) }

it('gives back what was signed, for that purpose alone', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 2, maxLength: 90 }),
      fc.constantFrom(...PURPOSES),
      fc.constantFrom(...PURPOSES),
      (payload, purpose, other) => {
        const read = verifyToken(ring, other, signToken(ring, purpose, payload))
        expect(read).toEqual(other === purpose ? Buffer.from(payload) : null)
      },
    ),
  )
})

it('refuses every other spelling', () => {
  const token = deliveryToken(ring, 'unsub', ids)
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
      const changed = token.slice(0, at) + character + token.slice(at + 1)
      expect(readDeliveryToken(ring, 'unsub', changed)).toEqual(changed === token ? ids : null)
    }),
    { numRuns: 2000 },
  )
  for (let length = 0; length < token.length; length++)
    expect(readDeliveryToken(ring, 'unsub', token.slice(0, length))).toBeNull()
  for (const tail of ['=', '.', '\n', 'A']) expect(readDeliveryToken(ring, 'unsub', token + tail)).toBeNull()
})

it('honours an older key while it is in the ring', () => {
  const [old, young] = [key('old'), key('young')]
  const token = deliveryToken(parseKeyRing(old), 'prefs', ids)
  expect(readDeliveryToken(parseKeyRing(`${young},${old}`), 'prefs', token)).toEqual(ids)
  expect(readDeliveryToken(parseKeyRing(young), 'prefs', token)).toBeNull()
  expect(deliveryToken(parseKeyRing(`${young},${old}`), 'prefs', ids)).toMatch(/^v1\.young\./)
})

it('refuses a payload of another length', () => {
  expect(readDeliveryToken(ring, 'unsub', signToken(ring, 'unsub', Buffer.alloc(31)))).toBeNull()
})

it('makes short links without = or & that hold no address', () => {
  const links = createLinks(ring, 'https://news.example.org', ids)
  expect(links.UNSUBSCRIBE).toMatch(/^https:\/\/news\.example\.org\/u\/[\w.-]+\w$|-$/)
  expect(links.PREFERENCES).toContain('/p/v1.k2.')
  expect(links.WEBVIEW).toContain('/w/v1.k2.')
  for (const link of Object.values(links)) expect(link.length).toBeLessThan(200)
})

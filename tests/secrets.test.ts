import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '../src/config-error.js'
import { loadOrCreateKeyRing, onlyKey, parseKeyRing } from '../src/secrets.js'

const HEX = 'ab'.repeat(32)
const BASE64URL = Buffer.alloc(32, 7).toString('base64url')

it('reads hex and base64url keys, the newest first', () => {
  const ring = parseKeyRing(`new:${HEX}, old:${BASE64URL}`)
  expect(ring.map((key) => [key.kid, key.bytes.length])).toEqual([
    ['new', 32],
    ['old', 32],
  ])
  expect(onlyKey(ring, 'old')?.[0].bytes).toEqual(Buffer.alloc(32, 7))
  expect(onlyKey(ring, 'gone')).toBeNull()
})

it.each([
  '',
  'k1',
  `:${HEX}`,
  `k-1:${HEX}`,
  `k1:${HEX.slice(2)}`,
  'k1:not a key',
  `k1:${HEX},k1:${HEX}`,
  `k1:${HEX},`,
])('refuses %j without quoting a key', (text) => {
  expect(() => parseKeyRing(text)).toThrow(ConfigError)
  expect(() => parseKeyRing(text)).not.toThrow(HEX.slice(2))
})

it('makes a key once, readable by its owner alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-secrets-'))
  const [first, second] = await Promise.all([
    loadOrCreateKeyRing(join(folder, 'home')),
    loadOrCreateKeyRing(join(folder, 'home')),
  ])
  expect(second).toEqual(first)
  expect(await loadOrCreateKeyRing(join(folder, 'home'))).toEqual(first)
  expect((await stat(join(folder, 'home', 'secret-keys'))).mode & 0o777).toBe(0o600)
  await rm(folder, { recursive: true })
})

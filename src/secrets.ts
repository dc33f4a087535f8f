import { createHmac, randomBytes } from 'node:crypto'
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from './config-error.js'

export type SecretKey = { kid: string; bytes: Buffer }

/** Secret keys, the newest first: it signs, all of them verify. Never empty. */
export type KeyRing = readonly [SecretKey, ...SecretKey[]]

const KEY_MIN_BYTES = 32
const KEY_ID = /^[A-Za-z0-9]{1,16}$/

/** Reads "kid:key,kid2:key2", each key at least 32 bytes as hex or base64url; throws `ConfigError` that never quotes a key. */
export function parseKeyRing(text: string): KeyRing {
  const [newest, ...older] = text.split(',').map((entry) => parseKey(entry.trim()))
  if (!newest) throw new ConfigError('SECRET_KEYS holds no key.')
  const ring: KeyRing = [newest, ...older]
  if (new Set(ring.map((key) => key.kid)).size !== ring.length)
    throw new ConfigError('SECRET_KEYS names the same key id twice.')
  return ring
}

/** The ring kept in `secret-keys` below `folder`, made with one random key (mode 0600) when there is none. */
export async function loadOrCreateKeyRing(folder: string): Promise<KeyRing> {
  const path = join(folder, 'secret-keys')
  await mkdir(folder, { recursive: true })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `k1:${randomBytes(KEY_MIN_BYTES).toString('base64url')}\n`, { mode: 0o600 })
  try {
    // Only one of several processes that start together can give it the name, and nobody ever reads half a file.
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    await chmod(path, 0o600)
  } finally {
    await unlink(draft)
  }
  return parseKeyRing((await readFile(path, 'utf8')).trim())
}

/** The ring of the one key `kid`, or null when it has been retired. */
export function onlyKey(ring: KeyRing, kid: string): KeyRing | null {
  const key = ring.find((candidate) => candidate.kid === kid)
  return key ? [key] : null
}

/** The first `length` bytes of HMAC-SHA256 (RFC 2104 §5) over purpose and payload: what is signed for one purpose is worth nothing for another. */
export function purposeMac(
  { bytes }: SecretKey,
  purpose: string,
  { payload, length }: { payload: Uint8Array; length: number },
): Buffer {
  // In one piece: each further one costs as much as the MAC itself, and every mail needs several.
  const data = Buffer.concat([Buffer.from(`${purpose}:v1\0`), payload])
  return createHmac('sha256', bytes).update(data).digest().subarray(0, length)
}

function parseKey(entry: string): SecretKey {
  const colon = entry.indexOf(':')
  const kid = entry.slice(0, Math.max(colon, 0))
  if (!KEY_ID.test(kid))
    throw new ConfigError('SECRET_KEYS must read kid:key,kid2:key2 with ids of 1 to 16 letters or digits.')
  const bytes = decodeKey(entry.slice(colon + 1))
  if (bytes.length < KEY_MIN_BYTES)
    throw new ConfigError(`SECRET_KEYS: the key ${kid} needs at least 32 bytes, as hex or base64url.`)
  return { kid, bytes }
}

function decodeKey(text: string): Buffer {
  if (/^([0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex')
  if (/^[A-Za-z0-9_-]+$/.test(text)) return Buffer.from(text, 'base64url')
  return Buffer.alloc(0)
}

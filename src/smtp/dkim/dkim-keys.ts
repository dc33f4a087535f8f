import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ConfigError } from '../../config-error.js'
import { createDkimSigner, type DkimKey, type DkimSigner } from './dkim-signer.js'

const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/
const SELECTOR = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/
const RSA_MIN_BITS = 2048

/** The keys of each sender domain, the newest first; all of a domain's keys sign. */
export type DkimKeys = ReadonlyMap<string, readonly DkimKey[]>

/**
 * Reads DKIM_KEYS: entries `domain:selector:key` separated by commas or white space, the key a private key in PKCS#8 as one line of
 * base64 (PEM or DER) or `file:/path/to/key.pem`. Throws `ConfigError` that names domain and selector and never quotes a key.
 */
export function parseDkimKeys(text: string): DkimKeys {
  const keys = new Map<string, DkimKey[]>()
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const [domain = '', selector = '', ...rest] = entry.split(':')
    if (!DOMAIN.test(domain) || !SELECTOR.test(selector))
      throw new ConfigError(
        'DKIM_KEYS: an entry reads domain:selector:key, such as example.org:s1:file:/run/dkim.pem',
      )
    const found = keys.get(domain) ?? []
    found.push({ selector, privateKey: readKey(rest.join(':'), `${domain}, selector ${selector}`) })
    keys.set(domain, found)
  }
  return keys
}

/** One signer for each domain. */
export function createDkimSigners(keys: DkimKeys): ReadonlyMap<string, DkimSigner> {
  return new Map([...keys].map(([domain, own]) => [domain, createDkimSigner({ domain, keys: own })]))
}

function readKey(text: string, whose: string): KeyObject {
  const key = parsedKey(text)
  if (!key) throw new ConfigError(`DKIM_KEYS: the key of ${whose} cannot be read as a PKCS#8 private key.`)
  if (key.asymmetricKeyType === 'ed25519') return key
  if (key.asymmetricKeyType !== 'rsa')
    throw new ConfigError(`DKIM_KEYS: the key of ${whose} is neither RSA nor Ed25519.`)
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < RSA_MIN_BITS)
    throw new ConfigError(`DKIM_KEYS: the key of ${whose} has fewer than ${RSA_MIN_BITS} bits.`)
  return key
}

function parsedKey(text: string): KeyObject | null {
  try {
    if (text.startsWith('file:')) return createPrivateKey(readFileSync(text.slice('file:'.length)))
    const bytes = Buffer.from(text, 'base64')
    if (bytes.subarray(0, 5).toString() === '-----') return createPrivateKey(bytes)
    return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })
  } catch {
    return null
  }
}

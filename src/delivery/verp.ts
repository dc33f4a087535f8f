import { createHmac, timingSafeEqual } from 'node:crypto'
import { bytesToUuid, uuidToBytes } from '../audience/tokens.js'
import type { KeyRing, SecretKey } from '../secrets.js'

const PREFIX = 'b-'
const UUID_BYTES = 16
const MAC_BYTES = 10
// RFC 4648 §6 without padding, in lower case: mail servers may change the case of a local part.
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** The local part of a delivery's own return path: opaque, 44 of the 64 octets allowed, and signed so that nobody forges a bounce. */
export function verpLocalPart(keys: KeyRing, deliveryId: string): string {
  const id = uuidToBytes(deliveryId)
  return PREFIX + base32(Buffer.concat([id, macOf(keys[0], id)]))
}

/** The delivery that a return path stands for, in any letter case, or null for every other local part. */
export function readVerp(keys: KeyRing, localPart: string): string | null {
  const text = localPart.toLowerCase()
  if (!text.startsWith(PREFIX)) return null
  const bytes = fromBase32(text.slice(PREFIX.length))
  if (bytes?.length !== UUID_BYTES + MAC_BYTES) return null
  const id = bytes.subarray(0, UUID_BYTES)
  const isOurs = keys.some((key) => timingSafeEqual(bytes.subarray(UUID_BYTES), macOf(key, id)))
  return isOurs ? bytesToUuid(id) : null
}

function macOf({ bytes }: SecretKey, id: Buffer): Buffer {
  return createHmac('sha256', bytes).update('verp:v1\0').update(id).digest().subarray(0, MAC_BYTES)
}

function base32(bytes: Buffer): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(value >>> bits) & 31]
    }
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text
}

function fromBase32(text: string): Buffer | null {
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return null
    value = (value << 5) | digit
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((value >>> bits) & 255)
    value &= (1 << bits) - 1
  }
  // Spare bits and characters would give one delivery several spellings.
  const found = Buffer.from(bytes)
  return base32(found) === text ? found : null
}

import { timingSafeEqual } from 'node:crypto'
import { base32, fromBase32 } from '../audience/base32.js'
import { bytesToUuid, uuidToBytes } from '../audience/tokens.js'
import { type KeyRing, purposeMac, type SecretKey } from '../secrets.js'

const PREFIX = 'b-'
const UUID_BYTES = 16
const MAC_BYTES = 10

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

function macOf(key: SecretKey, id: Buffer): Buffer {
  return purposeMac(key, 'verp', { payload: id, length: MAC_BYTES })
}

import { createHmac } from 'node:crypto'
import type { KeyRing, SecretKey } from '../secrets.js'

/** All that is left of an erased address: HMAC-SHA256 of its comparable form under one secret key, apart from every other use of the key. */
export function suppressionHash(key: SecretKey, emailKey: string): Buffer {
  return createHmac('sha256', key.bytes).update(`suppression:v1\0${emailKey}`).digest()
}

/** The hashes of an address under every key of the ring, the newest first: one of them finds what an older key has hashed. */
export function suppressionHashes(ring: KeyRing, emailKey: string): Buffer[] {
  return ring.map((key) => suppressionHash(key, emailKey))
}

import { createHmac } from 'node:crypto'
import type { SecretKey } from '../secrets.js'

/** What is left of an erased person's comparable address: HMAC-SHA256 (RFC 2104) under one secret key, for `suppression.address_hash`. */
export function suppressionHash(key: SecretKey, emailKey: string): Buffer {
  return createHmac('sha256', key.bytes).update(`suppression:v1\0${emailKey}`).digest()
}

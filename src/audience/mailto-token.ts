import { timingSafeEqual } from 'node:crypto'
import { type KeyRing, purposeMac, type SecretKey } from '../secrets.js'
import { base32, fromBase32 } from './base32.js'
import { bytesToUuid, type DeliveryIds, uuidToBytes } from './tokens.js'

const PREFIX = 'u-'
const UUID_BYTES = 16
// All that 64 octets leave (RFC 5321 §4.5.3.1.1): two to the 47 mails would have to be sent to take one known person off one list.
const MAC_BYTES = 6

/**
 * The local part to which a reader of one delivery writes to unsubscribe: subscriber and issue, signed, 63 octets of letters and digits that
 * survive any change of case (RFC 2369 §3.2).
 */
export function mailtoLocalPart(keys: KeyRing, ids: DeliveryIds): string {
  const payload = Buffer.concat([uuidToBytes(ids.subscriberId), uuidToBytes(ids.issueId)])
  return PREFIX + base32(Buffer.concat([payload, macOf(keys[0], payload)]))
}

/** Whom and which issue a local part stands for, in any letter case, or null for every other one. */
export function readMailtoLocalPart(keys: KeyRing, localPart: string): DeliveryIds | null {
  const text = localPart.toLowerCase()
  if (!text.startsWith(PREFIX)) return null
  const bytes = fromBase32(text.slice(PREFIX.length))
  if (bytes?.length !== 2 * UUID_BYTES + MAC_BYTES) return null
  const payload = bytes.subarray(0, 2 * UUID_BYTES)
  const mac = bytes.subarray(2 * UUID_BYTES)
  if (!keys.some((key) => timingSafeEqual(mac, macOf(key, payload)))) return null
  return {
    subscriberId: bytesToUuid(payload.subarray(0, UUID_BYTES)),
    issueId: bytesToUuid(payload.subarray(UUID_BYTES)),
  }
}

function macOf(key: SecretKey, payload: Buffer): Buffer {
  return purposeMac(key, 'mailto', { payload, length: MAC_BYTES })
}

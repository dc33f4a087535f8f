import { createHmac, timingSafeEqual } from 'node:crypto'
import { type KeyRing, onlyKey } from '../secrets.js'

/** What a token is good for; a token of one purpose is worth nothing for another. */
export type TokenPurpose =
  | 'unsub'
  | 'prefs'
  | 'confirm'
  | 'webview'
  | 'download'
  | 'erase'
  | 'address'
  | 'form'

/** The person and the issue that a link in a mail stands for. */
export type DeliveryIds = { subscriberId: string; issueId: string }

/** Values of `links.*` in a message. */
export type Links = { UNSUBSCRIBE: string; PREFERENCES: string; WEBVIEW: string }

/** Stands for the issue in links of mails that belong to none. */
export const NO_ISSUE = '00000000-0000-0000-0000-000000000000'

const MAC_BYTES = 16
const UUID_BYTES = 16
const TOKEN = /^v1\.([A-Za-z0-9]{1,16})\.([A-Za-z0-9_-]{2,128})\.([A-Za-z0-9_-]{22})$/

/** `v1.<kid>.<payload>.<mac>` signed with the newest key: HMAC-SHA256 cut to 128 bits (RFC 2104 §5), payload and MAC as base64url. */
export function signToken(ring: KeyRing, purpose: TokenPurpose, payload: Uint8Array): string {
  const { kid, bytes } = ring[0]
  const mac = macOf(bytes, purpose, payload)
  return `v1.${kid}.${Buffer.from(payload).toString('base64url')}.${mac.toString('base64url')}`
}

/** The payload of a token that this ring signed for this purpose, or null for every other text. */
export function verifyToken(ring: KeyRing, purpose: TokenPurpose, token: string): Buffer | null {
  const [, kid, payloadText, macText] = TOKEN.exec(token) ?? []
  if (!kid || !payloadText || !macText) return null
  const payload = canonicalBytes(payloadText)
  const mac = canonicalBytes(macText)
  const key = onlyKey(ring, kid)?.[0]
  if (!payload || !mac || !key) return null
  return timingSafeEqual(mac, macOf(key.bytes, purpose, payload)) ? payload : null
}

/** The token of one delivery: subscriber ‖ issue, 32 bytes. It never expires. */
export function deliveryToken(ring: KeyRing, purpose: TokenPurpose, ids: DeliveryIds): string {
  return signToken(ring, purpose, Buffer.concat([uuidToBytes(ids.subscriberId), uuidToBytes(ids.issueId)]))
}

/** Whom and which issue a delivery token stands for, or null when it is forged, cut or of another purpose. */
export function readDeliveryToken(ring: KeyRing, purpose: TokenPurpose, token: string): DeliveryIds | null {
  const payload = verifyToken(ring, purpose, token)
  if (payload?.length !== 2 * UUID_BYTES) return null
  return {
    subscriberId: bytesToUuid(payload.subarray(0, UUID_BYTES)),
    issueId: bytesToUuid(payload.subarray(UUID_BYTES)),
  }
}

/** The token of one row: always the same for the same row and key, so that a repeated mail carries the same link. */
export function rowToken(ring: KeyRing, purpose: TokenPurpose, id: string): string {
  return signToken(ring, purpose, uuidToBytes(id))
}

/** The id of the row that a token stands for, or null when it is forged, cut or of another purpose. */
export function readRowToken(ring: KeyRing, purpose: TokenPurpose, token: string): string | null {
  const payload = verifyToken(ring, purpose, token)
  return payload?.length === UUID_BYTES ? bytesToUuid(payload) : null
}

/** The three personal links of one delivery, below `publicUrl`. */
export function createLinks(ring: KeyRing, publicUrl: string, ids: DeliveryIds): Links {
  return {
    UNSUBSCRIBE: `${publicUrl}/u/${deliveryToken(ring, 'unsub', ids)}`,
    PREFERENCES: `${publicUrl}/p/${deliveryToken(ring, 'prefs', ids)}`,
    WEBVIEW: `${publicUrl}/w/${deliveryToken(ring, 'webview', ids)}`,
  }
}

/** The 16 bytes of a UUID. */
export function uuidToBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

/** A UUID from its 16 bytes, lower case. */
export function bytesToUuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function macOf(key: Buffer, purpose: TokenPurpose, payload: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`${purpose}:v1\0`).update(payload).digest().subarray(0, MAC_BYTES)
}

// Base64url leaves spare bits in its last character; accepting them would give one token several spellings.
function canonicalBytes(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

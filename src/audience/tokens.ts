import { timingSafeEqual } from 'node:crypto'
import { type KeyRing, onlyKey, purposeMac, type SecretKey } from '../secrets.js'

/** What a token is good for; a token of one purpose is worth nothing for another. */
export type TokenPurpose =
  | 'unsub'
  | 'prefs'
  | 'confirm'
  | 'webview'
  | 'download'
  | 'erase'
  | 'address'
  | 'address-notice'
  | 'form'

/** The person and the issue that a link in a mail stands for. */
export type DeliveryIds = { subscriberId: string; issueId: string }

/** Values of `links.*` in a message. */
export type Links = { UNSUBSCRIBE: string; PREFERENCES: string; WEBVIEW: string }

const MAC_BYTES = 16
const UUID_BYTES = 16
const TOKEN = /^v1\.([A-Za-z0-9]{1,16})\.([A-Za-z0-9_-]{2,128})\.([A-Za-z0-9_-]{22})$/

/** `v1.<kid>.<payload>.<mac>` signed with the newest key: HMAC-SHA256 cut to 128 bits (RFC 2104 §5), payload and MAC as base64url. */
export function signToken(ring: KeyRing, purpose: TokenPurpose, payload: Uint8Array): string {
  return signed(ring[0], purpose, { payload, text: Buffer.from(payload).toString('base64url') })
}

/** The payload of a token that this ring signed for this purpose, or null for every other text. */
export function verifyToken(ring: KeyRing, purpose: TokenPurpose, token: string): Buffer | null {
  const [, kid, payloadText, macText] = TOKEN.exec(token) ?? []
  if (!kid || !payloadText || !macText) return null
  const payload = canonicalBytes(payloadText)
  const mac = canonicalBytes(macText)
  const key = onlyKey(ring, kid)?.[0]
  if (!payload || !mac || !key) return null
  return timingSafeEqual(mac, macOf(key, purpose, payload)) ? payload : null
}

/** The token of one delivery: subscriber ‖ issue, 32 bytes. It never expires. */
export function deliveryToken(ring: KeyRing, purpose: TokenPurpose, ids: DeliveryIds): string {
  return signToken(ring, purpose, deliveryPayload(ids))
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
  const payload = deliveryPayload(ids)
  const text = payload.toString('base64url')
  const link = (path: string, purpose: TokenPurpose) =>
    `${publicUrl}/${path}/${signed(ring[0], purpose, { payload, text })}`
  return { UNSUBSCRIBE: link('u', 'unsub'), PREFERENCES: link('p', 'prefs'), WEBVIEW: link('w', 'webview') }
}

/** The 16 bytes of a UUID. */
export function uuidToBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

/** A UUID from its 16 bytes, lower case. */
export function bytesToUuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function deliveryPayload({ subscriberId, issueId }: DeliveryIds): Buffer {
  return Buffer.from(`${subscriberId}${issueId}`.replaceAll('-', ''), 'hex')
}

type Signable = { payload: Uint8Array /** The payload as base64url. */; text: string }

function signed(key: SecretKey, purpose: TokenPurpose, { payload, text }: Signable): string {
  return `v1.${key.kid}.${text}.${macOf(key, purpose, payload).toString('base64url')}`
}

function macOf(key: SecretKey, purpose: TokenPurpose, payload: Uint8Array): Buffer {
  return purposeMac(key, purpose, { payload, length: MAC_BYTES })
}

// Base64url leaves spare bits in its last character; accepting them would give one token several spellings.
function canonicalBytes(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

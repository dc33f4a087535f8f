import { randomBytes } from 'node:crypto'
import type { KeyRing } from '../../secrets.js'
import { signToken, uuidToBytes, verifyToken } from '../tokens.js'

const TIME_BYTES = 6
const NONCE_BYTES = 8
const UUID_BYTES = 16

/** Says when a form was shown, signed: form ‖ milliseconds since 1970 ‖ nonce. It names nobody. */
export function formStamp(ring: KeyRing, { formId, now }: { formId: string; now: Date }): string {
  const time = Buffer.alloc(TIME_BYTES)
  time.writeUIntBE(now.getTime(), 0, TIME_BYTES)
  return signToken(ring, 'form', Buffer.concat([uuidToBytes(formId), time, randomBytes(NONCE_BYTES)]))
}

/** When the form was shown; null for a stamp that is forged or of another form. */
export function readStamp(ring: KeyRing, { formId, stamp }: { formId: string; stamp: string }): Date | null {
  const payload = verifyToken(ring, 'form', stamp)
  if (payload?.length !== UUID_BYTES + TIME_BYTES + NONCE_BYTES) return null
  if (!payload.subarray(0, UUID_BYTES).equals(uuidToBytes(formId))) return null
  return new Date(payload.readUIntBE(UUID_BYTES, TIME_BYTES))
}

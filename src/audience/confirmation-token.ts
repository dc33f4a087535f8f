import { createHash } from 'node:crypto'
import type { KeyRing } from '../secrets.js'
import { bytesToUuid, signToken, uuidToBytes, verifyToken } from './tokens.js'

const UUID_BYTES = 16

/** The token of a confirmation: always the same for the same row and key, so that a repeated mail carries the same link. */
export function confirmationToken(ring: KeyRing, confirmationId: string): string {
  return signToken(ring, 'confirm', uuidToBytes(confirmationId))
}

/** The confirmation a token stands for, or null. */
export function readConfirmationToken(ring: KeyRing, token: string): string | null {
  const payload = verifyToken(ring, 'confirm', token)
  return payload?.length === UUID_BYTES ? bytesToUuid(payload) : null
}

/** What the table keeps of a token: SHA-256, 32 bytes. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

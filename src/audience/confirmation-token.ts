import { createHash } from 'node:crypto'
import type { KeyRing } from '../secrets.js'
import { readRowToken, rowToken } from './tokens.js'

/** The token of a confirmation: always the same for the same row and key, so that a repeated mail carries the same link. */
export function confirmationToken(ring: KeyRing, confirmationId: string): string {
  return rowToken(ring, 'confirm', confirmationId)
}

/** The confirmation a token stands for, or null. */
export function readConfirmationToken(ring: KeyRing, token: string): string | null {
  return readRowToken(ring, 'confirm', token)
}

/** What the table keeps of a token: SHA-256, 32 bytes. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

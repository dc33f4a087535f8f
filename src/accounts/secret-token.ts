import { createHash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

/** A new secret of 256 random bits as base64url, for a cookie or a link; only its hash is kept. */
export function newSecretToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** SHA-256 of a secret token: enough, since what it hides is random. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

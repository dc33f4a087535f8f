import { hash, verify } from '@node-rs/argon2'
import { z } from 'zod'

// Argon2id with 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's first choice.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const LEAST = 10
const MOST = 200

/** A password to be set: 10 to 200 characters of any kind, no rules of composition (NIST SP 800-63B 5.1.1.2). */
export const NewPassword = z
  .string()
  .min(LEAST, `Use at least ${LEAST} characters; a few words in a row are easy to keep in mind.`)
  .max(MOST, `Use at most ${MOST} characters.`)

/** The Argon2id hash of a password in PHC form; the same letters typed on another keyboard give the same password (NFKC). */
export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST)
}

/** Whether a password belongs to a hash; without one it works as long and says no, so that time tells nothing. */
export async function isPasswordOf(passwordHash: string | null, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? (await hashOfNobody()), password.normalize('NFKC'))
  return isRight && passwordHash !== null
}

let nobody: Promise<string> | null = null
function hashOfNobody(): Promise<string> {
  nobody ??= hashPassword('nobody signs in with this one')
  return nobody
}

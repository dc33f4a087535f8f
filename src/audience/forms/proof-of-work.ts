import { createHmac } from 'node:crypto'
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import type { KeyRing } from '../../secrets.js'

/** How long a challenge can be answered, in seconds. */
export const CHALLENGE_SECONDS = 30 * 60
const ITERATIONS = 5000
// One key in 256 begins so: about half a second of work for a laptop, a few for an old phone.
const PREFIX = '00'
const PROOF_MAX = 4000

const hex = z.string().regex(/^([0-9a-f]{2}){1,64}$/)
const Parameters = z.strictObject({
  algorithm: z.literal('PBKDF2/SHA-256'),
  cost: z.literal(ITERATIONS),
  data: z.strictObject({ form: z.uuid(), at: z.int() }),
  keyLength: z.literal(32),
  keyPrefix: z.literal(PREFIX),
  nonce: hex,
  salt: hex,
})
const Proof = z.object({
  challenge: z.object({ parameters: Parameters, signature: hex }),
  solution: z.object({ counter: z.int().nonnegative().max(0xffff_ffff), derivedKey: hex }),
})
const ProofText = z
  .string()
  .max(PROOF_MAX)
  .transform((text, context) => {
    try {
      return Proof.parse(JSON.parse(Buffer.from(text, 'base64').toString()))
    } catch {
      context.addIssue('This is no proof.')
      return z.NEVER
    }
  })

/** Work for a browser, that costs a robot as much: ALTCHA's challenge with PBKDF2, signed, good for one form and half an hour. */
export function workFor(keys: KeyRing, { formId, now }: { formId: string; now: Date }) {
  return createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ITERATIONS,
    keyPrefix: PREFIX,
    keyLength: 32,
    data: { form: formId, at: now.getTime() },
    deriveKey,
    hmacSignatureSecret: secretOf(keys[0].bytes),
  })
}

/** The name of the challenge that a proof answers, so that it counts once, and when it was made; null when it proves nothing, is of another form or too old. */
export async function provenWork(
  keys: KeyRing,
  { formId, now, proof }: { formId: string; now: Date; proof: string },
): Promise<{ challenge: string; madeAt: Date } | null> {
  const read = ProofText.safeParse(proof)
  if (!read.success) return null
  const { challenge, solution } = read.data
  const { form, at } = challenge.parameters.data
  const age = now.getTime() - at
  if (form !== formId || age < 0 || age > CHALLENGE_SECONDS * 1000) return null
  for (const { bytes } of keys) {
    const result = await verifySolution({
      challenge,
      solution,
      deriveKey,
      hmacSignatureSecret: secretOf(bytes),
    })
    if (result.verified) return { challenge: challenge.signature, madeAt: new Date(at) }
  }
  return null
}

function secretOf(key: Buffer): string {
  return createHmac('sha256', key).update('form-work:v1').digest('hex')
}

import type { Tx } from '../../db/database.js'
import type { KeyRing } from '../secrets.js'
import { parseAddress } from './address.js'
import { ensureSubscriber } from './ensure-subscriber.js'
import { joinAtOnce } from './join-at-once.js'
import { mayComeBack } from './lift-suppression.js'
import { requestConfirmation } from './request-confirmation.js'
import { findSuppression } from './suppress-address.js'

export type SignUp = {
  email: string
  listIds: readonly string[]
  /** By field key, checked before. */
  fields?: Readonly<Record<string, string>>
  /** The form and its version that was shown. */
  form?: { id: string; version: number }
  /** In which they want to read; null or left out: unknown. Of an address that is known it changes nothing. */
  readerLanguage?: string | null
  consentText: string
  /** The language of the consent text. */
  language: string
}

/**
 * Does what a sign-up asks for: on a list that needs no confirmation at once, on the others `pending`. Returns the confirmation to be
 * mailed after commit, or null. Lists out of use are passed over in silence, and so is an address that must not be mailed; whoever may come
 * back by themselves has to confirm on every list, since a form proves nothing.
 */
export async function signUp(
  tx: Tx,
  { keys, now }: { keys: KeyRing; now: Date },
  input: SignUp,
): Promise<string | null> {
  const address = parseAddress(input.email)
  if ('problem' in address) return null
  const suppression = await findSuppression({ db: tx, keys }, address.key)
  if (suppression && !mayComeBack(suppression)) return null
  const subscriberId = await ensureSubscriber(tx, address, { language: input.readerLanguage ?? null, now })
  const joining = { ...input, subscriberId, now, mustConfirm: suppression !== null }
  const waiting = await joinAtOnce(tx, joining)
  return requestConfirmation(tx, { keys, now }, { ...input, subscriberId, listIds: waiting, channel: 'form' })
}

import type { Tx } from '../../db/database.js'
import type { KeyRing } from '../secrets.js'
import { parseAddress } from './address.js'
import { ensureSubscriber } from './ensure-subscriber.js'
import { wasGivenUp } from './former-addresses.js'
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
 * back by themselves has to confirm on every list, since a form proves nothing. Nobody is known by it of whom nothing has come.
 */
export async function signUp(tx: Tx, at: At, input: SignUp): Promise<string | null> {
  const address = parseAddress(input.email)
  if ('problem' in address) return null
  const subscriber = await ensureSubscriber(tx, address, {
    language: input.readerLanguage ?? null,
    now: at.now,
  })
  const done = await join(tx, at, { ...input, subscriberId: subscriber.id, emailKey: address.key })
  if (subscriber.isNew && !done.isOnLists)
    await tx.deleteFrom('subscriber').where('id', '=', subscriber.id).execute()
  return done.confirmationId
}

type At = { keys: KeyRing; now: Date }
type Joining = SignUp & { subscriberId: string; emailKey: string }

async function join(
  tx: Tx,
  { keys, now }: At,
  { emailKey, ...input }: Joining,
): Promise<{ confirmationId: string | null; isOnLists: boolean }> {
  const suppression = await findSuppression({ db: tx, keys }, emailKey)
  if (suppression && !mayComeBack(suppression)) return { confirmationId: null, isOnLists: false }
  const mustConfirm = suppression !== null || (await wasGivenUp(tx, emailKey))
  const { joined, waiting } = await joinAtOnce(tx, { ...input, now, mustConfirm })
  const request = { ...input, listIds: waiting, channel: 'form' as const }
  const confirmationId = await requestConfirmation(tx, { keys, now }, request)
  return { confirmationId, isOnLists: joined.length > 0 || confirmationId !== null }
}

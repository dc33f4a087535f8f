import type { Tx } from '../../db/database.js'
import type { KeyRing } from '../secrets.js'
import { parseAddress } from './address.js'
import { ensureSubscriber } from './ensure-subscriber.js'
import { joinAtOnce } from './join-at-once.js'
import { mayComeBack } from './lift-suppression.js'
import { isMailboxCalm, mailboxHash } from './mailbox-limit.js'
import { noteWelcome } from './mails/note-list-mails.js'
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

/** What is to be mailed after commit. */
export type SignUpMails = { confirmationId: string | null; mailId: string | null }

/**
 * Does what a sign-up asks for: on a list that needs no confirmation at once, with the welcome of those that send one, on the others
 * `pending`. Lists out of use are passed over in silence, and so is an address that must not be mailed; whoever was erased has to confirm on
 * every list, since a form proves nothing.
 */
export async function signUp(
  tx: Tx,
  { keys, now }: { keys: KeyRing; now: Date },
  input: SignUp,
): Promise<SignUpMails> {
  const nothing = { confirmationId: null, mailId: null }
  const address = parseAddress(input.email)
  if ('problem' in address) return nothing
  const suppression = await findSuppression({ db: tx, keys }, address.key)
  if (suppression && !mayComeBack(suppression, 'form')) return nothing
  const subscriberId = await ensureSubscriber(tx, address, { language: input.readerLanguage ?? null, now })
  const at = { keys, now }
  const joining = { ...input, subscriberId, now, mustConfirm: suppression !== null }
  const { joined, waiting } = await joinAtOnce(tx, joining)
  const asked = { ...input, subscriberId, listIds: waiting, channel: 'form' as const }
  const welcomed = { subscriberId, listIds: joined, language: input.language, emailKey: address.key }
  return {
    confirmationId: await requestConfirmation(tx, at, asked),
    mailId: await welcome(tx, at, welcomed),
  }
}

// Somebody else may have typed the address: a mailbox that has had enough of that gets no welcome.
async function welcome(
  tx: Tx,
  { keys, now }: { keys: KeyRing; now: Date },
  { emailKey, ...noted }: { subscriberId: string; listIds: string[]; language: string; emailKey: string },
): Promise<string | null> {
  if (noted.listIds.length === 0) return null
  const mailbox = mailboxHash(keys, emailKey)
  if (!(await isMailboxCalm(tx, { mailbox, now }))) return null
  return noteWelcome(tx, { keys, now }, { ...noted, mailbox })
}

import type { Tx } from '../../db/database.js'
import type { KeyRing } from '../secrets.js'
import { parseAddress } from './address.js'
import { ensureSubscriber } from './ensure-subscriber.js'
import { wasGivenUp } from './former-addresses.js'
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
 * every list, since a form proves nothing. Nobody is known by it of whom nothing has come.
 */
export async function signUp(
  tx: Tx,
  { keys, now }: { keys: KeyRing; now: Date },
  input: SignUp,
): Promise<SignUpMails> {
  const address = parseAddress(input.email)
  if ('problem' in address) return { confirmationId: null, mailId: null }
  const language = input.readerLanguage ?? null
  const { id, isNew } = await ensureSubscriber(tx, address, { language, now })
  const { isOnLists, ...mails } = await join(
    tx,
    { keys, now },
    { ...input, subscriberId: id, emailKey: address.key },
  )
  if (isNew && !isOnLists) await tx.deleteFrom('subscriber').where('id', '=', id).execute()
  return mails
}

type At = { keys: KeyRing; now: Date }
type Joining = SignUp & { subscriberId: string; emailKey: string }

async function join(
  tx: Tx,
  at: At,
  { emailKey, ...input }: Joining,
): Promise<SignUpMails & { isOnLists: boolean }> {
  const { keys, now } = at
  const suppression = await findSuppression({ db: tx, keys }, emailKey)
  if (suppression && !mayComeBack(suppression, 'form'))
    return { confirmationId: null, mailId: null, isOnLists: false }
  const mustConfirm = suppression !== null || (await wasGivenUp(tx, emailKey))
  const { joined, waiting } = await joinAtOnce(tx, { ...input, now, mustConfirm })
  const { subscriberId, language } = input
  const confirmationId = await requestConfirmation(tx, at, { ...input, listIds: waiting, channel: 'form' })
  const mailId = await welcome(tx, at, { subscriberId, listIds: joined, language, emailKey })
  return { confirmationId, mailId, isOnLists: joined.length > 0 || confirmationId !== null }
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

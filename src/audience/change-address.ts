import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'
import { maskAddress, parseAddress } from './address.js'
import { giveUpAddress, takeUpAddress } from './former-addresses.js'
import { noteMail } from './mails/note-mail.js'
import { type OpenedMail, openMail } from './mails/open-mail.js'
import { sendSubscriberMailJob } from './mails/send-subscriber-mail-job.js'
import { recordConsent } from './record-consent.js'
import { isFree } from './request-address-change.js'
import { isSuppressed } from './suppress-address.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>

/** The address that a link is about, as its reader may see it, and whether it is in use already. */
export type AddressChange = { maskedEmail: string; isDone: boolean; languages: (string | null)[] }

/** What a link to a new address is about; changes nothing. Throws `NotFoundError`, `ExpiredError`. */
export async function findAddressChange(ctx: Needs, token: string): Promise<AddressChange> {
  return shown(await openMail(ctx, 'address', token))
}

/**
 * Gives a subscriber the address from which the link was opened, and tells the old one; again gives the same answer. Throws `NotFoundError`,
 * `ExpiredError`, and `ConflictError` when the address has become somebody else's meanwhile.
 */
export async function changeAddress(ctx: Needs, token: string): Promise<AddressChange> {
  const mail = await openMail(ctx, 'address', token)
  const mailId = await ctx.db.transaction().execute((tx) => change(tx, ctx, mail))
  if (mailId) await ctx.queues.enqueue(sendSubscriberMailJob, { mailId })
  return shown(await openMail(ctx, 'address', token))
}

async function change(tx: Tx, { keys, clock }: Needs, mail: OpenedMail): Promise<string | null> {
  const now = clock.now()
  const { subscriber_id } = mail
  const person = await tx
    .selectFrom('subscriber')
    .select(['email', 'email_key'])
    .where('id', '=', subscriber_id)
    .forUpdate()
    .executeTakeFirst()
  const used = await tx
    .updateTable('subscriber_mail')
    .set({ used_at: now, address: null })
    .where('id', '=', mail.id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  const address = parseAddress(mail.address ?? '')
  if (!person || used.numUpdatedRows === 0n || 'problem' in address) return null
  if (address.key !== person.email_key && !(await isFree(tx, keys, address)))
    throw new ConflictError('This address cannot be used for that.')
  await tx
    .updateTable('subscriber')
    .set({ email: address.email, email_key: address.key })
    .where('id', '=', subscriber_id)
    .execute()
  // Whoever had it may have been erased while this waited for them.
  if (await isSuppressed({ db: tx, keys }, address.key))
    throw new ConflictError('This address cannot be used for that.')
  await takeUpAddress(tx, address.key)
  if (address.key !== person.email_key) await giveUpAddress(tx, person, { subscriberId: subscriber_id, now })
  await retireOtherLinks(tx, { subscriber_id, now })
  const note = `from ${maskAddress(person.email)} to ${maskAddress(address.email)}`
  const said = { subscriber_id, kind: 'address-changed', channel: 'link', occurred_at: now } as const
  await recordConsent(tx, { ...said, note, language: mail.language, mail_sent_at: mail.sent_at }, [null])
  const told = {
    subscriber_id,
    kind: 'address-notice',
    address: person.email,
    language: mail.language,
  } as const
  return noteMail(tx, { keys, now }, told)
}

// Whoever still reads the old mailbox must not erase or download with a link that lies there.
async function retireOtherLinks(
  tx: Tx,
  { subscriber_id, now }: { subscriber_id: string; now: Date },
): Promise<void> {
  await tx
    .updateTable('subscriber_mail')
    .set({ expires_at: now })
    .where('subscriber_id', '=', subscriber_id)
    .where('kind', 'in', ['download', 'erase', 'address'])
    .where('used_at', 'is', null)
    .execute()
}

function shown({ address, email, used_at, ownLanguage, language }: OpenedMail): AddressChange {
  return {
    maskedEmail: maskAddress(used_at ? email : (address ?? email)),
    isDone: used_at !== null,
    languages: [ownLanguage, language],
  }
}

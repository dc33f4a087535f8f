import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'
import { maskAddress, parseAddress } from './address.js'
import { noteMail } from './mails/note-mail.js'
import { type OpenedMail, openMail } from './mails/open-mail.js'
import { sendSubscriberMailJob } from './mails/send-subscriber-mail-job.js'
import { moveToAddress } from './move-to-address.js'
import { isFree } from './request-address-change.js'
import { isSuppressed } from './suppress-address.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>

/** `address`: the link mailed to a new address, which takes it; `address-notice`: the one mailed to the old address, which takes it back. */
export type ChangeLink = 'address' | 'address-notice'

/** The address that a link is about, as its reader may see it, and whether it is in use already. */
export type AddressChange = { maskedEmail: string; isDone: boolean; languages: (string | null)[] }

/** What a link to another address is about; changes nothing. Throws `NotFoundError`, `ExpiredError`. */
export async function findAddressChange(ctx: Needs, kind: ChangeLink, token: string): Promise<AddressChange> {
  return shown(await openMail(ctx, kind, token))
}

/**
 * Gives a subscriber the address to which the link was mailed, and tells the old one, where it can be taken back; again gives the same answer.
 * Throws `NotFoundError`, `ExpiredError`, and `ConflictError` when the address has become somebody else's meanwhile.
 */
export async function changeAddress(ctx: Needs, kind: ChangeLink, token: string): Promise<AddressChange> {
  const mail = await openMail(ctx, kind, token)
  const mailId = await ctx.db.transaction().execute((tx) => change(tx, ctx, mail))
  if (mailId) await ctx.queues.enqueue(sendSubscriberMailJob, { mailId })
  return shown(await openMail(ctx, kind, token))
}

async function change(tx: Tx, { keys, clock }: Needs, mail: OpenedMail): Promise<string | null> {
  const now = clock.now()
  const { subscriber_id: subscriberId, language } = mail
  const person = await tx
    .selectFrom('subscriber')
    .select(['email', 'email_key'])
    .where('id', '=', subscriberId)
    .forUpdate()
    .executeTakeFirst()
  const used = await tx
    .updateTable('subscriber_mail')
    .set({ used_at: now, address: null })
    .where('id', '=', mail.id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  const address = parseAddress(mail.address ?? '')
  if (!person || used.numUpdatedRows === 0n || 'problem' in address) return null
  if (address.key !== person.email_key && !(await isFree(tx, keys, address)))
    throw new ConflictError('This address cannot be used for that.')
  // Whoever had it may have been erased while this waited for them.
  if (await isSuppressed({ db: tx, keys }, address.key))
    throw new ConflictError('This address cannot be used for that.')
  await moveToAddress(tx, now, { subscriberId, from: person, to: address, mail })
  if (mail.kind === 'address-notice') return overtakeLaterChanges(tx, mail, now)
  const told = {
    subscriber_id: subscriberId,
    kind: 'address-notice',
    address: person.email,
    language,
  } as const
  return noteMail(tx, { keys, now }, told)
}

/** Whoever had changed the address on from there cannot take it again with a link of theirs. */
async function overtakeLaterChanges(tx: Tx, mail: OpenedMail, now: Date): Promise<null> {
  await tx
    .updateTable('subscriber_mail')
    .set({ expires_at: now })
    .where('subscriber_id', '=', mail.subscriber_id)
    .where('kind', '=', 'address-notice')
    .where('created_at', '>=', mail.created_at)
    .where('used_at', 'is', null)
    .execute()
  return null
}

function shown({ address, email, used_at, ownLanguage, language }: OpenedMail): AddressChange {
  return {
    maskedEmail: maskAddress(used_at ? email : (address ?? email)),
    isDone: used_at !== null,
    languages: [ownLanguage, language],
  }
}

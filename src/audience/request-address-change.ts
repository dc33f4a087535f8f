import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'
import { InvalidError, NotFoundError } from '../errors.js'
import type { KeyRing } from '../secrets.js'
import { type Address, parseAddress } from './address.js'
import { noteAskedMail } from './mails/note-mail.js'
import { sendSubscriberMailJob } from './mails/send-subscriber-mail-job.js'
import { presentSubscriberId } from './present-subscriber.js'
import { isSuppressed } from './suppress-address.js'

type Request = { subscriberId: string; email: string; language: string }

/** Whoever mistypes has more than one try, and whoever wants to annoy others not many. */
const LINKS_AN_HOUR = 3

/**
 * Mails a link to the address that somebody wants to read at; it is theirs once they confirm from there, and a link to an address asked for before
 * works no more. One that is known or must not be mailed gets the same answer and no mail. `isTooOften` after three within an hour: then nothing
 * is mailed. Throws `NotFoundError`, and `InvalidError` for what is no address.
 */
export async function requestAddressChange(
  { db, clock, queues, keys }: Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>,
  { email, language, ...asked }: Request,
): Promise<{ isTooOften: boolean }> {
  const address = parseAddress(email)
  if ('problem' in address) throw new InvalidError({ email: address.problem })
  const now = clock.now()
  const noted = await db.transaction().execute(async (tx) => {
    const subscriberId = await presentSubscriberId(tx, asked.subscriberId)
    const person = await tx
      .selectFrom('subscriber')
      .select('id')
      .where('id', '=', subscriberId)
      .forUpdate()
      .executeTakeFirst()
    if (!person) throw new NotFoundError('This link is not one of ours.')
    const mail = { subscriber_id: subscriberId, kind: 'address', address: address.email, language } as const
    // A mute mail takes the same time as one that is sent.
    const isMute = !(await isFree(tx, keys, address))
    if (await wasAskedTooOften(tx, subscriberId, now)) return { mailId: null, isTooOften: true }
    const mailId = await noteAskedMail(tx, { keys, now }, { ...mail, isMute })
    if (mailId) await retireOthers(tx, { subscriberId, mailId, now })
    return { mailId, isTooOften: false }
  })
  if (noted.mailId) await queues.enqueue(sendSubscriberMailJob, { mailId: noted.mailId })
  return { isTooOften: noted.isTooOften }
}

async function wasAskedTooOften(tx: Tx, subscriberId: string, now: Date): Promise<boolean> {
  const { count } = await tx
    .selectFrom('subscriber_mail')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('subscriber_id', '=', subscriberId)
    .where('kind', '=', 'address')
    .where('created_at', '>', new Date(now.getTime() - 3_600_000))
    .executeTakeFirstOrThrow()
  return Number(count) >= LINKS_AN_HOUR
}

type Newest = { subscriberId: string; mailId: string; now: Date }

async function retireOthers(tx: Tx, { subscriberId, mailId, now }: Newest): Promise<void> {
  await tx
    .updateTable('subscriber_mail')
    .set({ expires_at: now })
    .where('subscriber_id', '=', subscriberId)
    .where('kind', '=', 'address')
    .where('id', '<>', mailId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .execute()
}

/** Whether an address is nobody's yet and may be mailed; found out in the same time for every address. */
export async function isFree(tx: Tx, keys: KeyRing, { key }: Address): Promise<boolean> {
  const known = await tx.selectFrom('subscriber').select('id').where('email_key', '=', key).executeTakeFirst()
  const isMute = await isSuppressed({ db: tx, keys }, key)
  return !known && !isMute
}

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

/**
 * Mails a link to the address that somebody wants to read at; it is theirs once they confirm from there. One that is known or must not be mailed gets
 * the same answer and no mail. Throws `NotFoundError`, and `InvalidError` for what is no address.
 */
export async function requestAddressChange(
  { db, clock, queues, keys }: Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>,
  { email, language, ...asked }: Request,
): Promise<void> {
  const address = parseAddress(email)
  if ('problem' in address) throw new InvalidError({ email: address.problem })
  const now = clock.now()
  const mailId = await db.transaction().execute(async (tx) => {
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
    return noteAskedMail(tx, { keys, now }, { ...mail, isMute: !(await isFree(tx, keys, address)) })
  })
  if (mailId) await queues.enqueue(sendSubscriberMailJob, { mailId })
}

/** Whether an address is nobody's yet and may be mailed. */
export async function isFree(tx: Tx, keys: KeyRing, { key }: Address): Promise<boolean> {
  const known = await tx.selectFrom('subscriber').select('id').where('email_key', '=', key).executeTakeFirst()
  return !known && !(await isSuppressed({ db: tx, keys }, key))
}

import type { Tx } from '../../../db/database.js'
import type { SubscriberMail } from '../../../db/tables/subscriber-mail.js'
import { newId } from '../../../db/uuid.js'
import type { KeyRing } from '../../secrets.js'

export type NotedMail = Pick<SubscriberMail, 'subscriber_id' | 'kind' | 'language'> &
  Partial<Pick<SubscriberMail, 'list_ids' | 'address' | 'mailbox_hash'>> & {
    /** Noted like any other, and never sent. */
    isMute?: boolean
  }

/** For how long a mail may be late and its link works. */
const MAIL_TTL_HOURS = 24
/** For how many days somebody may take back that their address was changed. */
export const RETURN_DAYS = 30
// Whoever presses the button of somebody else's page again and again causes one mail, not a flood.
const PAUSE_BETWEEN_LINKS_MINUTES = 10

/** Notes a mail to one person in the caller's transaction and returns its id, to be enqueued after commit. */
export async function noteMail(
  tx: Tx,
  { keys, now }: { keys: KeyRing; now: Date },
  { isMute, ...mail }: NotedMail,
): Promise<string> {
  const id = newId(now)
  const hours = mail.kind === 'address-notice' ? RETURN_DAYS * 24 : MAIL_TTL_HOURS
  const expires_at = new Date(now.getTime() + (isMute ? 0 : hours * 3_600_000))
  await tx
    .insertInto('subscriber_mail')
    .values({ address: null, ...mail, id, key_id: keys[0].kid, created_at: now, expires_at })
    .execute()
  return id
}

/** Notes a mail with a link that its reader asked for; null when one of its kind to the same address has just been noted. The subscriber's row must be locked. */
export async function noteAskedMail(
  tx: Tx,
  at: { keys: KeyRing; now: Date },
  mail: NotedMail,
): Promise<string | null> {
  const recent = await tx
    .selectFrom('subscriber_mail')
    .select('address')
    .where('subscriber_id', '=', mail.subscriber_id)
    .where('kind', '=', mail.kind)
    .where('used_at', 'is', null)
    .where('created_at', '>', new Date(at.now.getTime() - PAUSE_BETWEEN_LINKS_MINUTES * 60_000))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return recent && recent.address === (mail.address ?? null) ? null : noteMail(tx, at, mail)
}

import type { Tx } from '../../db/database.js'
import { type Address, maskAddress } from './address.js'
import { giveUpAddress, takeUpAddress } from './former-addresses.js'
import { recordConsent } from './record-consent.js'

type Move = {
  subscriberId: string
  /** The address that they read at until now. */
  from: { email: string; email_key: string }
  to: Address
  /** The mail whose link asks for it. */
  mail: { language: string; sent_at: Date | null }
}

/** Gives somebody, whose row the transaction has locked, another address, and makes what lies in the mailbox of the other one worthless. */
export async function moveToAddress(
  tx: Tx,
  now: Date,
  { subscriberId, from, to, mail }: Move,
): Promise<void> {
  await tx
    .updateTable('subscriber')
    .set({ email: to.email, email_key: to.key, links_since: now })
    .where('id', '=', subscriberId)
    .execute()
  await takeUpAddress(tx, to.key)
  if (to.key !== from.email_key) await giveUpAddress(tx, from, { subscriberId, now })
  await retireLinks(tx, { subscriberId, now })
  const note = `from ${maskAddress(from.email)} to ${maskAddress(to.email)}`
  const { language, sent_at: mail_sent_at } = mail
  const said = { subscriber_id: subscriberId, kind: 'address-changed', channel: 'link' } as const
  await recordConsent(tx, { ...said, occurred_at: now, note, language, mail_sent_at }, [null])
}

// Whoever reads the mailbox that is left must neither download, erase nor join with a link that lies there.
async function retireLinks(
  tx: Tx,
  { subscriberId, now }: { subscriberId: string; now: Date },
): Promise<void> {
  await tx
    .updateTable('subscriber_mail')
    .set({ expires_at: now })
    .where('subscriber_id', '=', subscriberId)
    .where('kind', 'in', ['download', 'erase', 'address'])
    .where('used_at', 'is', null)
    .execute()
  await tx
    .updateTable('confirmation')
    .set({ expires_at: now })
    .where('subscriber_id', '=', subscriberId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .execute()
}

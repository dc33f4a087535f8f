import type { Tx } from '../../../db/database.js'
import type { KeyRing } from '../../secrets.js'
import { noteMail } from './note-mail.js'

type Noted = {
  subscriberId: string
  listIds: readonly string[]
  language: string
  /** By which the mail is counted, when only a form asked for it. */
  mailbox?: Buffer
}
type At = { keys: KeyRing; now: Date }

/** Notes one welcome for those of the lists that send one; returns the mail's id, to be enqueued after commit, or null. */
export function noteWelcome(tx: Tx, at: At, noted: Noted): Promise<string | null> {
  return note(tx, at, { ...noted, kind: 'welcome', column: 'sends_welcome' })
}

/** Notes one good-bye for those of the lists that send one; returns the mail's id, to be enqueued after commit, or null. */
export function noteGoodbye(tx: Tx, at: At, noted: Noted): Promise<string | null> {
  return note(tx, at, { ...noted, kind: 'goodbye', column: 'sends_goodbye' })
}

async function note(
  tx: Tx,
  at: At,
  {
    subscriberId,
    listIds,
    language,
    kind,
    column,
    mailbox,
  }: Noted & { kind: 'welcome' | 'goodbye'; column: 'sends_welcome' | 'sends_goodbye' },
): Promise<string | null> {
  if (listIds.length === 0) return null
  const rows = await tx
    .selectFrom('list')
    .select('id')
    .where('id', 'in', listIds)
    .where(column, '=', true)
    .execute()
  if (rows.length === 0) return null
  const list_ids = rows.map(({ id }) => id)
  const mailbox_hash = mailbox ?? null
  return noteMail(tx, at, { subscriber_id: subscriberId, kind, list_ids, language, mailbox_hash })
}

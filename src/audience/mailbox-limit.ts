import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { KeyRing } from '../secrets.js'

/** How many mails that nobody has answered one mailbox gets in a day because it was typed into a form. */
const MOST_UNANSWERED_A_DAY = 3
const DAY_MS = 24 * 3_600_000
const WITHOUT_DOTS = new Set(['gmail.com', 'googlemail.com'])

/** The mailbox behind a comparable address: `ada@example.org` for `ada+news@example.org`, and without the dots that Gmail does not see. */
export function mailboxOf(emailKey: string): string {
  const at = emailKey.lastIndexOf('@')
  const [local, host] = [emailKey.slice(0, at), emailKey.slice(at + 1)]
  const plain = local.replace(/(?<=.)\+.*$/, '')
  return `${WITHOUT_DOTS.has(host) ? plain.replaceAll('.', '') : plain}@${host}`
}

/** What is kept of a mailbox to count by. */
export function mailboxHash(keys: KeyRing, emailKey: string): Buffer {
  return createHmac('sha256', keys[0].bytes)
    .update(`mailbox:v1\0${mailboxOf(emailKey)}`)
    .digest()
}

/** Whether a mailbox may get one more mail that only a form asked for; sign-ups of the same mailbox wait until the transaction ends. */
export async function isMailboxCalm(
  tx: Tx,
  { mailbox, now }: { mailbox: Buffer; now: Date },
): Promise<boolean> {
  const since = new Date(now.getTime() - DAY_MS)
  await sql`select pg_advisory_xact_lock(hashtextextended(encode(${mailbox}::bytea, 'hex'), 0))`.execute(tx)
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from confirmation
        where mailbox_hash = ${mailbox} and created_at > ${since} and used_at is null and with_id is null)::int
      + (select count(*) from subscriber_mail where mailbox_hash = ${mailbox} and created_at > ${since})::int as count`.execute(
    tx,
  )
  return (rows[0]?.count ?? 0) < MOST_UNANSWERED_A_DAY
}

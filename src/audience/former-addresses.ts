import type { DatabaseOrTx, Tx } from '../../db/database.js'

/** Why nobody but its reader signs an address up that somebody has given up, in a sentence. */
export const FORMER_ADDRESS_REFUSAL =
  'This address was given up by somebody who is known by another one now; it comes back only by signing up.'

/** SQL that says whether a comparable address, named by a column, is one that somebody has given up. */
export function isFormerAddress(emailKey: string): string {
  return `exists (select from former_address former where former.email_key = ${emailKey} offset 0)`
}

/** Whether this comparable address is one that somebody has given up, and that nobody has proven to read since. */
export async function wasGivenUp(db: DatabaseOrTx, emailKey: string): Promise<boolean> {
  const found = await db
    .selectFrom('former_address')
    .select('email_key')
    .where('email_key', '=', emailKey)
    .executeTakeFirst()
  return found !== undefined
}

/** The addresses that a person had before, the latest first. */
export async function formerAddresses(
  db: DatabaseOrTx,
  subscriberId: string,
): Promise<{ email: string; email_key: string; until: Date }[]> {
  return db
    .selectFrom('former_address')
    .select(['email', 'email_key', 'until'])
    .where('subscriber_id', '=', subscriberId)
    .orderBy('until', 'desc')
    .orderBy('email_key')
    .execute()
}

/** Notes that a person, whose row is locked, has an address no longer. */
export async function giveUpAddress(
  tx: Tx,
  { email, email_key }: { email: string; email_key: string },
  { subscriberId, now }: { subscriberId: string; now: Date },
): Promise<void> {
  const row = { email, subscriber_id: subscriberId, until: now }
  await tx
    .insertInto('former_address')
    .values({ ...row, email_key })
    .onConflict((conflict) => conflict.column('email_key').doUpdateSet(row))
    .execute()
}

/** Somebody has just proven that they read this mailbox: it is theirs, whoever had it before. */
export async function takeUpAddress(tx: Tx, emailKey: string): Promise<void> {
  await tx.deleteFrom('former_address').where('email_key', '=', emailKey).execute()
}

import type { DatabaseOrTx } from '../../db/database.js'
import type { Suppression } from '../../db/tables/suppression.js'
import { newId } from '../../db/uuid.js'
import type { Clock } from '../clock.js'
import { InvalidError } from '../errors.js'
import { parseAddress } from './address.js'

/** Stops every mail to an address from the next claim on; an address that is suppressed keeps its first reason. Throws `InvalidError`. */
export async function suppressAddress(
  { db, clock }: { db: DatabaseOrTx; clock: Clock },
  { email, reason, note = '' }: { email: string; reason: Suppression['reason']; note?: string },
): Promise<void> {
  const address = parseAddress(email)
  if ('problem' in address) throw new InvalidError({ email: address.problem })
  const now = clock.now()
  await db
    .insertInto('suppression')
    .values({ id: newId(now), email_key: address.key, reason, note, created_at: now })
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .execute()
}

/** Whether mail to this comparable address is forbidden. */
export async function isSuppressed({ db }: { db: DatabaseOrTx }, emailKey: string): Promise<boolean> {
  const found = await db
    .selectFrom('suppression')
    .select('id')
    .where('email_key', '=', emailKey)
    .executeTakeFirst()
  return found !== undefined
}

import type { DatabaseOrTx } from '../../db/database.js'
import { parseAddress } from './address.js'

/** The id of the subscriber with an address, however it is written; null: there is none. */
export async function subscriberCalled({ db }: { db: DatabaseOrTx }, email: string): Promise<string | null> {
  const address = parseAddress(email)
  if ('problem' in address) return null
  const found = await db
    .selectFrom('subscriber')
    .select('id')
    .where('email_key', '=', address.key)
    .executeTakeFirst()
  return found?.id ?? null
}

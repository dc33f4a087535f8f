import type { Tx } from '../../db/database.js'
import { newId } from '../../db/uuid.js'
import type { Address } from './address.js'

/** The subscriber with this address, made when new with this language (null: unknown), and locked until the transaction ends. */
export async function ensureSubscriber(
  tx: Tx,
  address: Address,
  { language, now }: { language: string | null; now: Date },
): Promise<string> {
  await tx
    .insertInto('subscriber')
    .values({ id: newId(now), email: address.email, email_key: address.key, language, created_at: now })
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .execute()
  const { id } = await tx
    .selectFrom('subscriber')
    .select('id')
    .where('email_key', '=', address.key)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return id
}

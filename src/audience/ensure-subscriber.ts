import type { Tx } from '../../db/database.js'
import { newId } from '../../db/uuid.js'
import type { Address } from './address.js'

/**
 * The subscriber with this address, made when new with this language (null: unknown), and locked until the transaction ends. Whether the address may be
 * mailed is to be asked afterwards: an erasure at the same moment is over by then.
 */
export async function ensureSubscriber(
  tx: Tx,
  address: Pick<Address, 'email' | 'key'>,
  { language, now }: { language: string | null; now: Date },
): Promise<{ id: string; isNew: boolean }> {
  for (;;) {
    const id = newId(now)
    const made = await tx
      .insertInto('subscriber')
      .values({ id, email: address.email, email_key: address.key, language, created_at: now })
      .onConflict((conflict) => conflict.column('email_key').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made) return { id, isNew: true }
    const known = await tx
      .selectFrom('subscriber')
      .select('id')
      .where('email_key', '=', address.key)
      .forUpdate()
      .executeTakeFirst()
    if (known) return { id: known.id, isNew: false }
    // Erased, or given another address, while this waited for them.
  }
}

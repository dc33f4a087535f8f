import { createHmac } from 'node:crypto'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { allowErasing } from './allow-erasing.js'

/**
 * Erases a person: the subscriber with everything that hangs on it. A keyed hash of the address stays, so that nobody writes to it by mistake. `by` is the
 * account that did it; null: the person. Again changes nothing.
 */
export async function eraseSubscriber(
  { db, clock, keys }: Pick<Context, 'db' | 'clock' | 'keys'>,
  { subscriberId }: { subscriberId: string; by: string | null },
): Promise<void> {
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    await allowErasing(tx)
    const erased = await tx
      .deleteFrom('subscriber')
      .where('id', '=', subscriberId)
      .returning('email_key')
      .executeTakeFirst()
    if (!erased) return
    const { kid, bytes } = keys[0]
    await tx.deleteFrom('suppression').where('email_key', '=', erased.email_key).execute()
    await tx
      .insertInto('suppression')
      .values({
        id: newId(now),
        email_key: null,
        address_hash: createHmac('sha256', bytes).update(erased.email_key).digest(),
        key_id: kid,
        reason: 'erased',
        created_at: now,
      })
      .onConflict((conflict) => conflict.column('address_hash').doNothing())
      .execute()
  })
}

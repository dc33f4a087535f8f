import { sql } from 'kysely'
import type { Erasing } from './erasing.js'

/** Leaves in the audit that somebody stepped in, but not in whose record. */
export async function forgetAudit({ tx, subscriberIds }: Erasing): Promise<void> {
  for (const subscriberId of subscriberIds)
    await sql`
      update audit_entry set subject_ids = array_remove(subject_ids, ${subscriberId}::uuid)
      where subject_ids @> array[${subscriberId}::uuid]`.execute(tx)
}

import type { DatabaseOrTx } from '../../db/database.js'

/** The record that stands for a subscriber now: another one where theirs was taken over. Links in their older mails name the first. */
export async function presentSubscriberId(db: DatabaseOrTx, subscriberId: string): Promise<string> {
  const merged = await db
    .selectFrom('merged_subscriber')
    .select('kept_id')
    .where('gone_id', '=', subscriberId)
    .executeTakeFirst()
  return merged?.kept_id ?? subscriberId
}

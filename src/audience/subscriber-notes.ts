import type { DatabaseOrTx } from '../../db/database.js'
import type { SubscriberNote } from '../../db/tables/subscriber-note.js'

export type SubscriberNoteWithAuthor = SubscriberNote & { author: string | null }

/** What colleagues wrote down about a subscriber, the latest first. */
export async function subscriberNotes(
  { db }: { db: DatabaseOrTx },
  subscriberId: string,
): Promise<SubscriberNoteWithAuthor[]> {
  return db
    .selectFrom('subscriber_note')
    .leftJoin('account', 'account.id', 'subscriber_note.author_id')
    .selectAll('subscriber_note')
    .select('account.name as author')
    .where('subscriber_id', '=', subscriberId)
    .orderBy('written_at', 'desc')
    .orderBy('subscriber_note.id', 'desc')
    .execute()
}

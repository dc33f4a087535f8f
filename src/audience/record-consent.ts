import type { Tx } from '../../db/database.js'
import type { ConsentEvent } from '../../db/tables/consent-event.js'
import { newId } from '../../db/uuid.js'

type Consent = Pick<ConsentEvent, 'subscriber_id' | 'kind' | 'channel' | 'occurred_at'> &
  Partial<Omit<ConsentEvent, 'id' | 'list_id'>>

/** Appends the evidence of one act, one row for each list, null: about no list; within the transaction of the act itself. */
export async function recordConsent(
  tx: Tx,
  consent: Consent,
  listIds: readonly (string | null)[],
): Promise<void> {
  if (listIds.length === 0) return
  const unsaid = { issue_id: null, consent_text: null, language: null, message_id: null, note: null }
  const rows = listIds.map((listId) => ({
    ...unsaid,
    ...consent,
    id: newId(consent.occurred_at),
    list_id: listId,
  }))
  await tx.insertInto('consent_event').values(rows).execute()
}

import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import { recordConsent } from './record-consent.js'
import type { SignUp } from './sign-up.js'
import { statesBefore } from './subscription-status.js'

type Joining = Pick<SignUp, 'listIds' | 'fields' | 'form' | 'consentText' | 'language'> & {
  subscriberId: string
  now: Date
  /** That nothing goes at once: the address may be mailed again only when its owner says so. */
  mustConfirm: boolean
}

/**
 * Puts the subscriber, whose row the transaction has locked, on the lists that need no confirmation, with the evidence. Returns the lists in
 * use that wait for one: those with double opt-in, and any that the person has left, since nobody else may bring them back.
 */
export async function joinAtOnce(tx: Tx, joining: Joining): Promise<string[]> {
  const { subscriberId, now, consentText, language, form } = joining
  const wanted = await standingOn(tx, joining)
  const atOnce = joining.mustConfirm
    ? []
    : wanted.filter((list) => list.opt_in === 'single' && list.status !== 'unsubscribed')
  const joined = await confirmOn(tx, { subscriberId, now, listIds: atOnce.map(({ id }) => id) })
  if (joined.length > 0) await fillGaps(tx, joining)
  await recordConsent(
    tx,
    {
      subscriber_id: subscriberId,
      kind: 'confirmed',
      channel: 'form',
      consent_text: consentText,
      language,
      form_id: form?.id ?? null,
      form_version: form?.version ?? null,
      occurred_at: now,
    },
    joined,
  )
  return wanted.filter((list) => !atOnce.includes(list)).map(({ id }) => id)
}

async function standingOn(tx: Tx, { subscriberId, listIds }: Joining) {
  if (listIds.length === 0) return []
  return tx
    .selectFrom('list')
    .leftJoin('subscription', (join) =>
      join.onRef('list_id', '=', 'list.id').on('subscriber_id', '=', subscriberId),
    )
    .select(['list.id', 'list.opt_in', 'subscription.status'])
    .where('list.id', 'in', listIds)
    .where('list.archived_at', 'is', null)
    .execute()
}

async function confirmOn(
  tx: Tx,
  { subscriberId, listIds, now }: { subscriberId: string; listIds: string[]; now: Date },
): Promise<string[]> {
  if (listIds.length === 0) return []
  const rows = listIds.map((listId) => ({
    list_id: listId,
    subscriber_id: subscriberId,
    status: 'confirmed' as const,
    created_at: now,
    confirmed_at: now,
    unsubscribed_at: null,
    unsubscribe_channel: null,
    unsubscribe_issue_id: null,
  }))
  const joined = await tx
    .insertInto('subscription')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['list_id', 'subscriber_id'])
        .doUpdateSet({ status: 'confirmed', confirmed_at: now })
        .where('subscription.status', 'in', statesBefore('confirm')),
    )
    .returning('list_id')
    .execute()
  return joined.map((row) => row.list_id)
}

// Nobody has proven that the address is theirs, so nothing that is known of it changes.
async function fillGaps(tx: Tx, { subscriberId, fields = {} }: Joining): Promise<void> {
  if (Object.keys(fields).length === 0) return
  await tx
    .updateTable('subscriber')
    .set({ fields: sql`${JSON.stringify(fields)}::jsonb || fields` })
    .where('id', '=', subscriberId)
    .execute()
}

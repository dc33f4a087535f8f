import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import { confirmOnLists } from './confirm-on-lists.js'
import { recordConsent } from './record-consent.js'
import type { SignUp } from './sign-up.js'

type Joining = Pick<SignUp, 'listIds' | 'fields' | 'form' | 'consentText' | 'language'> & {
  subscriberId: string
  now: Date
  /** That nothing goes at once: the address may be mailed again only when its owner says so. */
  mustConfirm: boolean
}

/**
 * Puts the subscriber, whose row the transaction has locked, on the lists that need no confirmation, with the evidence. Returns those, and the lists in
 * use that wait for one: those with double opt-in, and any that the person has left, since nobody else may bring them back.
 */
export async function joinAtOnce(tx: Tx, joining: Joining): Promise<{ joined: string[]; waiting: string[] }> {
  const { subscriberId, now, consentText, language, form } = joining
  const wanted = await standingOn(tx, joining)
  const atOnce = joining.mustConfirm
    ? []
    : wanted.filter((list) => list.opt_in === 'single' && list.status !== 'unsubscribed')
  const joined = await confirmOnLists(tx, {
    ...{ subscriberId, now, by: 'confirm' as const },
    listIds: atOnce.map(({ id }) => id),
  })
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
  const waiting = wanted.filter((list) => !atOnce.includes(list)).map(({ id }) => id)
  return { joined, waiting }
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

// Nobody has proven that the address is theirs, so nothing that is known of it changes.
async function fillGaps(tx: Tx, { subscriberId, fields = {} }: Joining): Promise<void> {
  if (Object.keys(fields).length === 0) return
  await tx
    .updateTable('subscriber')
    .set({ fields: sql`${JSON.stringify(fields)}::jsonb || fields` })
    .where('id', '=', subscriberId)
    .execute()
}

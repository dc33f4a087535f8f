import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { Confirmation } from '../../db/tables/confirmation.js'
import type { Context } from '../context.js'
import { confirmationOf, findConfirmation, type ShownConfirmation } from './find-confirmation.js'
import { recordConsent } from './record-consent.js'
import { statesBefore } from './subscription-status.js'

/** Confirms the subscriptions a link was mailed for; again gives the same answer. Throws `NotFoundError`, `ExpiredError`. */
export async function confirmSubscription(
  ctx: Pick<Context, 'db' | 'clock' | 'keys'>,
  token: string,
): Promise<ShownConfirmation> {
  const confirmation = await confirmationOf(ctx, token)
  await ctx.db.transaction().execute((tx) => confirm(tx, confirmation, ctx.clock.now()))
  return findConfirmation(ctx, token)
}

async function confirm(tx: Tx, confirmation: Confirmation, now: Date): Promise<void> {
  const used = await tx
    .updateTable('confirmation')
    .set({ used_at: now })
    .where('id', '=', confirmation.id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (used.numUpdatedRows === 0n) return
  const moved = await tx
    .updateTable('subscription')
    .set({ status: 'confirmed', confirmed_at: now })
    .where('subscriber_id', '=', confirmation.subscriber_id)
    .where('list_id', 'in', confirmation.list_ids)
    .where('status', 'in', statesBefore('confirm'))
    .returning('list_id')
    .execute()
  if (Object.keys(confirmation.fields).length > 0)
    await tx
      .updateTable('subscriber')
      .set({ fields: sql`fields || ${JSON.stringify(confirmation.fields)}::jsonb` })
      .where('id', '=', confirmation.subscriber_id)
      .execute()
  const { form_id, form_version } = confirmation
  const { subscriber_id, consent_text, language, mail_message_id: message_id } = confirmation
  await recordConsent(
    tx,
    {
      subscriber_id,
      kind: 'confirmed',
      channel: 'link',
      consent_text,
      language,
      message_id,
      form_id,
      form_version,
      occurred_at: now,
    },
    moved.map((row) => row.list_id),
  )
}

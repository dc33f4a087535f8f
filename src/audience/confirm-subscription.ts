import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { Confirmation } from '../../db/tables/confirmation.js'
import type { Context } from '../context.js'
import { confirmationOf, findConfirmation, type ShownConfirmation } from './find-confirmation.js'
import { liftByOwner } from './lift-suppression.js'
import { noteWelcome } from './mails/note-list-mails.js'
import { sendSubscriberMailJob } from './mails/send-subscriber-mail-job.js'
import { recordConsent } from './record-consent.js'
import { statesBefore } from './subscription-status.js'

type Needs = Pick<Context, 'db' | 'clock' | 'keys' | 'queues'>

/**
 * Confirms the subscriptions a link was mailed for, and welcomes to those lists that do; again gives the same answer and no second welcome.
 * Throws `NotFoundError`, `ExpiredError`.
 */
export async function confirmSubscription(ctx: Needs, token: string): Promise<ShownConfirmation> {
  const confirmation = await confirmationOf(ctx, token)
  const mailId = await ctx.db.transaction().execute((tx) => confirm(tx, ctx, confirmation))
  if (mailId) await ctx.queues.enqueue(sendSubscriberMailJob, { mailId })
  return findConfirmation(ctx, token)
}

async function confirm(tx: Tx, { keys, clock }: Needs, confirmation: Confirmation): Promise<string | null> {
  const now = clock.now()
  const used = await tx
    .updateTable('confirmation')
    .set({ used_at: now })
    .where('id', '=', confirmation.id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (used.numUpdatedRows === 0n) return null
  await liftByOwner(tx, keys, confirmation.subscriber_id)
  const moved = await tx
    .updateTable('subscription')
    .set({ status: 'confirmed', confirmed_at: now })
    .where('subscriber_id', '=', confirmation.subscriber_id)
    .where('list_id', 'in', confirmation.list_ids)
    .where('status', 'in', statesBefore('confirm'))
    .returning('list_id')
    .execute()
  await keepFields(tx, confirmation)
  const listIds = moved.map((row) => row.list_id)
  await recordConsent(tx, { ...evidenceOf(confirmation), occurred_at: now }, listIds)
  const { subscriber_id: subscriberId, language } = confirmation
  return noteWelcome(tx, { keys, now }, { subscriberId, listIds, language })
}

async function keepFields(tx: Tx, { subscriber_id, fields }: Confirmation): Promise<void> {
  if (Object.keys(fields).length === 0) return
  await tx
    .updateTable('subscriber')
    .set({ fields: sql`fields || ${JSON.stringify(fields)}::jsonb` })
    .where('id', '=', subscriber_id)
    .execute()
}

function evidenceOf(confirmation: Confirmation) {
  const { subscriber_id, consent_text, language, form_id, form_version, template_version } = confirmation
  return {
    ...{ subscriber_id, consent_text, language, form_id, form_version, template_version },
    kind: 'confirmed',
    channel: 'link',
    message_id: confirmation.mail_message_id,
    mail_sent_at: confirmation.sent_at,
  } as const
}

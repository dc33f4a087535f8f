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
import { isSuppressed } from './suppress-address.js'

type Needs = Pick<Context, 'db' | 'clock' | 'keys' | 'queues'>

/**
 * Confirms the subscriptions a link was mailed for, and those that a form asked for while it was open, and welcomes to those lists that do;
 * again changes nothing. What was left since, or is suppressed, stays so. Throws `NotFoundError`, `ExpiredError`.
 */
export async function confirmSubscription(ctx: Needs, token: string): Promise<ShownConfirmation> {
  const confirmation = await confirmationOf(ctx, token)
  const mailId = await ctx.db.transaction().execute((tx) => confirm(tx, ctx, confirmation))
  if (mailId) await ctx.queues.enqueue(sendSubscriberMailJob, { mailId })
  return findConfirmation(ctx, token)
}

async function confirm(tx: Tx, { keys, clock }: Needs, pressed: Confirmation): Promise<string | null> {
  const now = clock.now()
  const subscriberId = pressed.subscriber_id
  // The person first, as everybody does who changes something of theirs.
  const owner = await tx
    .selectFrom('subscriber')
    .select('email_key')
    .where('id', '=', subscriberId)
    .forUpdate()
    .executeTakeFirst()
  const requests = await useUp(tx, pressed, now)
  if (!owner || requests.length === 0) return null
  const emailKey = owner.email_key
  await liftByOwner(tx, keys, { emailKey, until: pressed.created_at })
  if (await isSuppressed({ db: tx, keys }, emailKey)) return null
  const listIds: string[] = []
  for (const request of requests) listIds.push(...(await join(tx, request, { pressed, now })))
  return noteWelcome(tx, { keys, now }, { subscriberId, listIds, language: pressed.language })
}

/** Takes what a link confirms, the oldest request first, unless somebody has just done so. */
async function useUp(tx: Tx, { id, subscriber_id }: Confirmation, now: Date): Promise<Confirmation[]> {
  const used = await tx
    .updateTable('confirmation')
    .set({ used_at: now })
    .where((eb) => eb.or([eb('id', '=', id), eb('with_id', '=', id)]))
    .where('subscriber_id', '=', subscriber_id)
    .where('used_at', 'is', null)
    .returningAll()
    .execute()
  return used.sort((a, b) => a.created_at.getTime() - b.created_at.getTime())
}

/** Confirms the lists of one request that still wait, with the words that were agreed to for them. */
async function join(
  tx: Tx,
  request: Confirmation,
  { pressed, now }: { pressed: Confirmation; now: Date },
): Promise<string[]> {
  const { subscriber_id, consent_text, language, form_id, form_version } = request
  const moved = await tx
    .updateTable('subscription')
    .set({ status: 'confirmed', confirmed_at: now })
    .where('subscriber_id', '=', subscriber_id)
    .where('list_id', 'in', request.list_ids)
    .where('status', 'in', statesBefore('confirm'))
    .returning('list_id')
    .execute()
  const listIds = moved.map((row) => row.list_id)
  if (listIds.length > 0) await fillGaps(tx, request)
  const shown = { consent_text, language, form_id, form_version }
  const mail = {
    message_id: pressed.mail_message_id,
    mail_sent_at: pressed.sent_at,
    template_version: pressed.template_version,
  }
  const act = { subscriber_id, kind: 'confirmed', channel: 'link', occurred_at: now } as const
  await recordConsent(tx, { ...act, ...shown, ...mail }, listIds)
  return listIds
}

// Somebody else may have typed the fields, and the page with the button does not show them: what is known stays.
async function fillGaps(tx: Tx, { subscriber_id, fields }: Confirmation): Promise<void> {
  if (Object.keys(fields).length === 0) return
  await tx
    .updateTable('subscriber')
    .set({ fields: sql`${JSON.stringify(fields)}::jsonb || fields` })
    .where('id', '=', subscriber_id)
    .execute()
}

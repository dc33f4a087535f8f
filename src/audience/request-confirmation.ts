import type { Tx } from '../../db/database.js'
import { newId } from '../../db/uuid.js'
import type { KeyRing } from '../secrets.js'
import { confirmationToken, hashToken } from './confirmation-token.js'
import { recordConsent } from './record-consent.js'
import { statesBefore } from './subscription-status.js'

export type ConfirmationRequest = {
  subscriberId: string
  listIds: readonly string[]
  /** The sentence the person agreed to, exactly as shown. */
  consentText: string
  language: string
  channel: 'form' | 'preferences'
  /** The form and its version that was shown. */
  form?: { id: string; version: number }
  /** What the subscriber gets when the mailbox is confirmed, by field key. */
  fields?: Readonly<Record<string, string>>
}

const CONFIRMATION_TTL_HOURS = 48
// Whoever types somebody else's address again and again causes one mail, not a flood.
const PAUSE_BETWEEN_MAILS_MINUTES = 10

/**
 * Puts the subscriber, whose row the transaction has locked, in `pending` on the lists not confirmed yet and notes a confirmation.
 * Returns its id, to be enqueued after commit, or null when there is nothing to confirm or a mail has just gone out for it.
 */
export async function requestConfirmation(
  tx: Tx,
  { keys, now }: { keys: KeyRing; now: Date },
  request: ConfirmationRequest,
): Promise<string | null> {
  const wanted = await listsToConfirm(tx, request)
  if (wanted.length === 0 || (await wasJustAsked(tx, request, { wanted, now }))) return null
  await putPending(tx, request.subscriberId, { wanted, now })
  const id = newId(now)
  await tx
    .insertInto('confirmation')
    .values({
      id,
      subscriber_id: request.subscriberId,
      list_ids: wanted,
      token_hash: hashToken(confirmationToken(keys, id)),
      key_id: keys[0].kid,
      consent_text: request.consentText,
      language: request.language,
      form_id: request.form?.id ?? null,
      form_version: request.form?.version ?? null,
      fields: JSON.stringify(request.fields ?? {}),
      created_at: now,
      expires_at: new Date(now.getTime() + CONFIRMATION_TTL_HOURS * 3_600_000),
      mail_message_id: null,
      sent_at: null,
      used_at: null,
    })
    .execute()
  const consent = { subscriber_id: request.subscriberId, kind: 'requested', occurred_at: now } as const
  const { channel, language, consentText, form } = request
  const shown = { consent_text: consentText, form_id: form?.id ?? null, form_version: form?.version ?? null }
  await recordConsent(tx, { ...consent, channel, language, ...shown }, wanted)
  return id
}

async function listsToConfirm(tx: Tx, { subscriberId, listIds }: ConfirmationRequest): Promise<string[]> {
  const confirmed = await tx
    .selectFrom('subscription')
    .select('list_id')
    .where('subscriber_id', '=', subscriberId)
    .where('status', '=', 'confirmed')
    .execute()
  const settled = new Set(confirmed.map((row) => row.list_id))
  return [...new Set(listIds)].filter((listId) => !settled.has(listId))
}

async function wasJustAsked(
  tx: Tx,
  { subscriberId, channel }: ConfirmationRequest,
  { wanted, now }: { wanted: string[]; now: Date },
): Promise<boolean> {
  const recent = await tx
    .selectFrom('confirmation')
    .select(['list_ids', 'used_at', 'expires_at'])
    .where('subscriber_id', '=', subscriberId)
    .where('created_at', '>', new Date(now.getTime() - PAUSE_BETWEEN_MAILS_MINUTES * 60_000))
    .execute()
  const open = recent.filter((row) => row.used_at === null && row.expires_at > now)
  // Forms are open to everybody: an address gets one mail in this time, by whatever forms it is typed into. Whoever has answered it may
  // change their mind.
  if (channel === 'form' && open.length > 0) return true
  const asked = new Set(open.flatMap((row) => row.list_ids))
  return wanted.every((listId) => asked.has(listId))
}

async function putPending(
  tx: Tx,
  subscriberId: string,
  { wanted, now }: { wanted: string[]; now: Date },
): Promise<void> {
  const rows = wanted.map((listId) => ({
    list_id: listId,
    subscriber_id: subscriberId,
    status: 'pending' as const,
    created_at: now,
    confirmed_at: null,
    unsubscribed_at: null,
    unsubscribe_channel: null,
    unsubscribe_issue_id: null,
  }))
  await tx
    .insertInto('subscription')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['list_id', 'subscriber_id'])
        .doUpdateSet({
          status: 'pending',
          unsubscribed_at: null,
          unsubscribe_channel: null,
          unsubscribe_issue_id: null,
        })
        .where('subscription.status', 'in', statesBefore('join')),
    )
    .execute()
}

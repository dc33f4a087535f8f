import type { Tx } from '../../db/database.js'
import type { Confirmation } from '../../db/tables/confirmation.js'
import { newId } from '../../db/uuid.js'
import type { KeyRing } from '../secrets.js'
import { confirmationToken, hashToken } from './confirmation-token.js'
import { isMailboxCalm, mailboxHash } from './mailbox-limit.js'
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

type At = { keys: KeyRing; now: Date }
type Open = Pick<Confirmation, 'id' | 'with_id' | 'list_ids' | 'created_at' | 'expires_at'>

const CONFIRMATION_TTL_HOURS = 48
// Whoever types somebody else's address again and again causes one mail, not a flood.
const PAUSE_BETWEEN_MAILS_MINUTES = 10

/**
 * Puts the subscriber, whose row the transaction has locked, in `pending` on the lists not confirmed yet and notes a confirmation.
 * Returns its id, to be enqueued after commit, or null when there is nothing to confirm or no mail may go for it now: then the link of
 * the last one confirms what a form asked for, too.
 */
export async function requestConfirmation(
  tx: Tx,
  at: At,
  request: ConfirmationRequest,
): Promise<string | null> {
  const { now } = at
  const { wanted, waiting } = await listsToConfirm(tx, request)
  const open = await openConfirmations(tx, request.subscriberId, now)
  const recent = open.filter(
    ({ created_at }) => created_at.getTime() > now.getTime() - PAUSE_BETWEEN_MAILS_MINUTES * 60_000,
  )
  if (unasked(wanted, waiting, recent).length === 0) return null
  const mailbox = mailboxHash(at.keys, await emailKeyOf(tx, request.subscriberId))
  // Forms are open to everybody: an address gets one mail in this time, by whatever forms it is typed into.
  const isPaused = request.channel === 'form' && recent.some(({ with_id }) => with_id === null)
  if (!isPaused && (await isMailboxCalm(tx, { mailbox, now })))
    return noteRequest(tx, at, { ...request, listIds: wanted, mailbox, joined: null })
  const joined = open.find(({ with_id }) => with_id === null)
  if (request.channel !== 'form' || !joined) return null
  const answered = open.filter(({ id, with_id }) => id === joined.id || with_id === joined.id)
  const listIds = unasked(wanted, waiting, answered)
  if (listIds.length > 0) await noteRequest(tx, at, { ...request, listIds, mailbox, joined })
  return null
}

/** The lists that a request is about: those not confirmed, and which of them wait already. */
async function listsToConfirm(tx: Tx, { subscriberId, listIds }: ConfirmationRequest) {
  const rows = await tx
    .selectFrom('subscription')
    .select(['list_id', 'status'])
    .where('subscriber_id', '=', subscriberId)
    .execute()
  const listsThat = (status: string) =>
    new Set(rows.filter((row) => row.status === status).map((row) => row.list_id))
  const confirmed = listsThat('confirmed')
  const wanted = [...new Set(listIds)].filter((listId) => !confirmed.has(listId))
  return { wanted, waiting: listsThat('pending') }
}

/** The links that still confirm something, the latest first. */
function openConfirmations(tx: Tx, subscriberId: string, now: Date): Promise<Open[]> {
  return tx
    .selectFrom('confirmation')
    .select(['id', 'with_id', 'list_ids', 'created_at', 'expires_at'])
    .where('subscriber_id', '=', subscriberId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

// A list that was asked for and then left has to be asked for anew.
function unasked(wanted: readonly string[], waiting: ReadonlySet<string>, open: readonly Open[]): string[] {
  const asked = new Set(open.flatMap((row) => row.list_ids))
  return wanted.filter((listId) => !(waiting.has(listId) && asked.has(listId)))
}

async function emailKeyOf(tx: Tx, subscriberId: string): Promise<string> {
  const { email_key } = await tx
    .selectFrom('subscriber')
    .select('email_key')
    .where('id', '=', subscriberId)
    .executeTakeFirstOrThrow()
  return email_key
}

type Noted = ConfirmationRequest & { mailbox: Buffer; joined: Open | null }

/** Notes a confirmation with its evidence: one that is mailed, or one that the link of `joined` answers as well. */
async function noteRequest(
  tx: Tx,
  { keys, now }: At,
  { subscriberId, listIds, mailbox, joined, channel, ...request }: Noted,
): Promise<string> {
  await putPending(tx, subscriberId, { listIds, now })
  const id = newId(now)
  const { consentText, language, form } = request
  const shown = {
    consent_text: consentText,
    language,
    form_id: form?.id ?? null,
    form_version: form?.version ?? null,
  }
  await tx
    .insertInto('confirmation')
    .values({
      ...shown,
      id,
      subscriber_id: subscriberId,
      list_ids: [...listIds],
      token_hash: hashToken(confirmationToken(keys, id)),
      key_id: keys[0].kid,
      with_id: joined?.id ?? null,
      mailbox_hash: mailbox,
      fields: JSON.stringify(request.fields ?? {}),
      created_at: now,
      expires_at: joined?.expires_at ?? new Date(now.getTime() + CONFIRMATION_TTL_HOURS * 3_600_000),
      mail_message_id: null,
      sent_at: null,
      used_at: null,
    })
    .execute()
  const consent = { subscriber_id: subscriberId, kind: 'requested', channel, occurred_at: now } as const
  await recordConsent(tx, { ...consent, ...shown }, listIds)
  return id
}

async function putPending(
  tx: Tx,
  subscriberId: string,
  { listIds, now }: { listIds: readonly string[]; now: Date },
): Promise<void> {
  const rows = listIds.map((listId) => ({
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

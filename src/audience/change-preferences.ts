import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { parseFieldValue } from './field-value.js'
import { noteGoodbye } from './mails/note-list-mails.js'
import { sendSubscriberMailJob } from './mails/send-subscriber-mail-job.js'
import { type Preferences, preferences } from './preferences.js'
import { presentSubscriberId } from './present-subscriber.js'
import { recordConsent } from './record-consent.js'
import { requestConfirmation } from './request-confirmation.js'
import { sendConfirmationJob } from './send-confirmation-job.js'
import { filledFields } from './subscriber-fields.js'
import type { DeliveryIds } from './tokens.js'
import { leaveLists } from './unsubscribe.js'

export type PreferenceChange = DeliveryIds & {
  /** The lists that stay ticked. */
  listIds: readonly string[]
  /** The lists that the page showed: of others nothing is said. All of them when left out. */
  shownIds?: readonly string[]
  /** In which they read from now on; null: unknown. Left out, it stays. */
  language?: string | null
  /** What they say of themselves, by key; an empty value forgets the field, other fields stay. */
  fields?: Readonly<Record<string, string>>
  /** Whether what they open and follow may be noted, with the words they saw; left out, it stays. */
  tracking?: { isAllowed: boolean; text: string }
  consentText: string
  /** The language of the page and its texts; English when left out. */
  consentLanguage?: string
}

type Needs = Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>
type At = Pick<Context, 'keys'> & { now: Date }
type Noted = { confirmationId: string | null; mailId: string | null }

/**
 * Keeps the language, the fields and the consent, leaves the shown lists that are not ticked at once, and asks by mail about the public ones newly
 * ticked: a forwarded mail must not sign anybody up. `isAsking` says whether a mail is on its way. Throws `NotFoundError`, and
 * `InvalidError` with an issue for each field whose value does not fit.
 */
export async function changePreferences(
  ctx: Needs,
  change: PreferenceChange,
): Promise<{ isAsking: boolean }> {
  const at = { keys: ctx.keys, now: ctx.clock.now() }
  const subscriberId = await presentSubscriberId(ctx.db, change.subscriberId)
  const { confirmationId, mailId } = await ctx.db
    .transaction()
    .execute((tx) => apply(tx, at, { ...change, subscriberId }))
  if (confirmationId) await ctx.queues.enqueue(sendConfirmationJob, { confirmationId })
  if (mailId) await ctx.queues.enqueue(sendSubscriberMailJob, { mailId })
  return { isAsking: confirmationId !== null }
}

async function apply(tx: Tx, at: At, change: PreferenceChange): Promise<Noted> {
  const { subscriberId, issueId, consentText, consentLanguage: language = 'en' } = change
  await tx.selectFrom('subscriber').select('id').where('id', '=', subscriberId).forUpdate().execute()
  const standing = await preferences({ db: tx, ...at }, change)
  await keepFacts(tx, change, standing)
  await keepTracking(tx, at, { ...change, standing })
  const ticked = new Set(change.listIds)
  const isOn = (status: string | null) => status === 'confirmed' || status === 'pending'
  const shown = new Set(change.shownIds ?? standing.lists.map((list) => list.listId))
  const left = standing.lists.filter(
    (list) => isOn(list.status) && shown.has(list.listId) && !ticked.has(list.listId),
  )
  const joined = standing.lists.filter(
    (list) => list.isPublic && !isOn(list.status) && ticked.has(list.listId),
  )
  const listIds = await leaveLists(tx, {
    subscriberId,
    issueId,
    channel: 'page',
    listIds: left.map((list) => list.listId),
    now: at.now,
  })
  const mayJoin = standing.blocked === null || standing.blocked === 'own'
  const confirmationId = await requestConfirmation(tx, at, {
    subscriberId,
    listIds: mayJoin ? joined.map((list) => list.listId) : [],
    consentText,
    language,
    channel: 'preferences',
  })
  return { confirmationId, mailId: await noteGoodbye(tx, at, { subscriberId, listIds, language }) }
}

async function keepFacts(
  tx: Tx,
  { subscriberId, language, fields = {} }: PreferenceChange,
  standing: Preferences,
): Promise<void> {
  const said: Record<string, string> = {}
  const issues: Record<string, string> = {}
  for (const field of standing.fields) {
    const typed = fields[field.key]
    if (typed === undefined) continue
    const read = parseFieldValue(field, typed)
    if ('problem' in read) issues[field.key] = read.problem
    else said[field.key] = read.value
  }
  if (Object.keys(issues).length > 0) throw new InvalidError(issues)
  if (language === undefined && Object.keys(said).length === 0) return
  const known = await tx
    .selectFrom('subscriber')
    .select('fields')
    .where('id', '=', subscriberId)
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('subscriber')
    .set({
      fields: JSON.stringify(filledFields({ ...known.fields, ...said })),
      ...(language === undefined ? {} : { language }),
    })
    .where('id', '=', subscriberId)
    .execute()
}

async function keepTracking(
  tx: Tx,
  { now }: At,
  { subscriberId, tracking, consentLanguage, standing }: PreferenceChange & { standing: Preferences },
): Promise<void> {
  if (!tracking || tracking.isAllowed === standing.isTracked) return
  await tx
    .updateTable('subscriber')
    .set({ tracking_consent: tracking.isAllowed })
    .where('id', '=', subscriberId)
    .execute()
  await recordConsent(
    tx,
    {
      subscriber_id: subscriberId,
      kind: tracking.isAllowed ? 'tracking-allowed' : 'tracking-refused',
      channel: 'preferences',
      consent_text: tracking.text,
      language: consentLanguage ?? 'en',
      occurred_at: now,
    },
    [null],
  )
}

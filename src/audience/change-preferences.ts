import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'
import { preferences } from './preferences.js'
import { presentSubscriberId } from './present-subscriber.js'
import { requestConfirmation } from './request-confirmation.js'
import { sendConfirmationJob } from './send-confirmation-job.js'
import type { DeliveryIds } from './tokens.js'
import { leaveLists } from './unsubscribe.js'

export type PreferenceChange = DeliveryIds & {
  /** The lists that stay ticked. */
  listIds: readonly string[]
  /** In which they read from now on; null: unknown. Left out, it stays. */
  language?: string | null
  consentText: string
  /** The language of the consent text; English when left out. */
  consentLanguage?: string
}

/**
 * Keeps the language, leaves the shown lists that are not ticked at once, and asks by mail about the public ones newly ticked: a forwarded mail must not
 * sign anybody up. `isAsking` says whether a mail is on its way. Throws `NotFoundError`.
 */
export async function changePreferences(
  { db, clock, queues, keys }: Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>,
  change: PreferenceChange,
): Promise<{ isAsking: boolean }> {
  const now = clock.now()
  const subscriberId = await presentSubscriberId(db, change.subscriberId)
  const confirmationId = await db
    .transaction()
    .execute((tx) => apply(tx, { ...change, subscriberId, keys, now }))
  if (confirmationId) await queues.enqueue(sendConfirmationJob, { confirmationId })
  return { isAsking: confirmationId !== null }
}

async function apply(
  tx: Tx,
  change: PreferenceChange & Pick<Context, 'keys'> & { now: Date },
): Promise<string | null> {
  const { subscriberId, issueId, keys, now, consentText, consentLanguage: language = 'en' } = change
  await tx.selectFrom('subscriber').select('id').where('id', '=', subscriberId).forUpdate().execute()
  const { lists } = await preferences({ db: tx }, change)
  if (change.language !== undefined)
    await tx
      .updateTable('subscriber')
      .set({ language: change.language })
      .where('id', '=', subscriberId)
      .execute()
  const ticked = new Set(change.listIds)
  const isOn = (status: string | null) => status === 'confirmed' || status === 'pending'
  const left = lists.filter((list) => isOn(list.status) && !ticked.has(list.listId))
  const joined = lists.filter((list) => list.isPublic && !isOn(list.status) && ticked.has(list.listId))
  await leaveLists(tx, {
    subscriberId,
    issueId,
    channel: 'page',
    listIds: left.map((list) => list.listId),
    now,
  })
  return requestConfirmation(
    tx,
    { keys, now },
    {
      subscriberId,
      listIds: joined.map((list) => list.listId),
      consentText,
      language,
      channel: 'preferences',
    },
  )
}

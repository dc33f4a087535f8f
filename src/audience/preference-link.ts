import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import { idTime } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { ExpiredError, NotFoundError } from '../errors.js'
import { presentSubscriberId } from './present-subscriber.js'
import { type DeliveryIds, readDeliveryToken } from './tokens.js'

/**
 * Whom and which issue a link to the preference centre stands for. Throws `NotFoundError` for one that is not ours, and `ExpiredError` for one
 * that was mailed to an address which the person has left since.
 */
export async function openPreferenceLink(
  { db, keys }: Pick<Context, 'db' | 'keys'>,
  token: string,
): Promise<DeliveryIds> {
  const ids = readDeliveryToken(keys, 'prefs', token)
  if (!ids) throw new NotFoundError('This link is not one of ours.')
  if (!(await opensPreferences({ db }, ids)))
    throw new ExpiredError('This link was mailed to an address that is no longer in use.')
  return ids
}

/** Whether what a mail links to still opens the preference centre: only while its person reads where it was mailed to. */
export async function opensPreferences(
  { db }: { db: DatabaseOrTx },
  { issueId, ...ids }: DeliveryIds,
): Promise<boolean> {
  const subscriberId = await presentSubscriberId(db, ids.subscriberId)
  const person = await db
    .selectFrom('subscriber')
    .select('links_since')
    .where('id', '=', subscriberId)
    .executeTakeFirst()
  const since = person?.links_since
  // An issue that was begun since, and a mail that was written since, can only have gone to the present address.
  if (!since || idTime(issueId) >= since) return true
  const { rows } = await sql`
    select from issue i join delivery d on d.issue_id = i.id and d.month = i.ledger_month
    where i.id = ${issueId} and d.subscriber_id = ${subscriberId} and d.first_attempt_at >= ${since}`.execute(
    db,
  )
  return rows.length > 0
}

import { Temporal } from 'temporal-polyfill'
import type { DatabaseOrTx } from '../../db/database.js'

/** What a day and time, 'YYYY-MM-DDTHH:MM', are in a zone: the first of an hour that comes twice, as much later as the clocks skip. */
export function momentIn(local: string, timeZone: string): Date {
  const moment = Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone)
  return new Date(moment.epochMilliseconds)
}

/** When the same time by each reader's own clock is, zone by zone, for the readers on an issue's lists of whom a zone is known. */
export async function ownMoments(
  db: DatabaseOrTx,
  issueId: string,
  local: string,
): Promise<{ zone: string; at: Date }[]> {
  const rows = await db
    .selectFrom('issue_list')
    .innerJoin('subscription', 'subscription.list_id', 'issue_list.list_id')
    .innerJoin('subscriber', 'subscriber.id', 'subscription.subscriber_id')
    .select('subscriber.time_zone')
    .distinct()
    .where('issue_list.issue_id', '=', issueId)
    .where('subscription.status', '=', 'confirmed')
    .where('subscriber.time_zone', 'is not', null)
    .execute()
  return rows.flatMap(({ time_zone: zone }) => (zone ? [{ zone, at: momentIn(local, zone) }] : []))
}

/** The day that stands in an issue: of one that follows each reader's clock the day by that clock. */
export function dayOfIssue({
  send_at,
  own_time,
}: {
  send_at: Date | null
  own_time: string | null
}): Date | null {
  return own_time ? new Date(`${own_time}Z`) : send_at
}

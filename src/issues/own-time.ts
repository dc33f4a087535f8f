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

/**
 * The day that stands in an issue, as a moment whose day in UTC it is: by the clock of the place that its time was said in, and of one
 * that follows each reader's clock by that clock. Null while nothing is planned.
 */
export function dayOfIssue({
  send_at,
  send_zone,
  own_time,
}: {
  send_at: Date | null
  send_zone: string | null
  own_time: string | null
}): Date | null {
  if (own_time) return new Date(`${own_time}Z`)
  if (!send_at || !send_zone) return send_at
  const there = Temporal.Instant.fromEpochMilliseconds(send_at.getTime()).toZonedDateTimeISO(send_zone)
  return new Date(there.toPlainDateTime().toZonedDateTime('UTC').epochMilliseconds)
}

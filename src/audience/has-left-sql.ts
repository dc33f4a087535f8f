/**
 * SQL that says whether somebody has left a list and not confirmed since that they are back, so that nobody else may put them on it; `subscription`
 * names the row, all null where there is none. Who was taken off because adding them was taken back never said anything.
 * `offset 0` keeps the planner from reading all consents at once for a few who wait.
 */
export function hasLeft(subscription: string): string {
  return `coalesce(${subscription}.status = 'unsubscribed' or ${subscription}.status = 'pending' and exists (
    select from consent_event left_by where left_by.subscriber_id = ${subscription}.subscriber_id
      and left_by.list_id = ${subscription}.list_id and left_by.kind = 'withdrawn' and left_by.channel <> 'coordinator' offset 0), false)`
}

import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/database.js'

/** A delivery that is ours to send until the lease runs out. */
export type ClaimedDelivery = {
  id: string
  subscriberId: string
  /** The first of the issue's lists that they are confirmed on. */
  listId: string
  email: string
  fields: Record<string, string>
  attempts: number
  firstAttemptAt: Date
}

export type Claim = { issueId: string; batchNo: number; limit: number; now: Date; leaseUntil: Date }

type ClaimedRow = {
  id: string
  status: string
  subscriber_id: string
  list_id: string
  email: string
  fields: Record<string, string>
  attempts: number
  first_attempt_at: Date
}

/**
 * Takes the next pending deliveries of a batch, in one statement. This is also the pause, the cancel, the unsubscribe and
 * the suppression check: nothing is claimed unless the issue is `sending`, and who left or is suppressed becomes `skipped`.
 * `settled` is how many rows it moved in all; 0 means nothing is left to do now.
 */
export async function claimDeliveries(
  db: Database,
  claim: Claim,
): Promise<{ claimed: ClaimedDelivery[]; settled: number }> {
  const { rows } = await claimStatement(claim).execute(db)
  const claimed = rows
    .filter((row) => row.status === 'sending')
    .map((row) => ({
      id: row.id,
      subscriberId: row.subscriber_id,
      listId: row.list_id,
      email: row.email,
      fields: row.fields,
      attempts: row.attempts,
      firstAttemptAt: row.first_attempt_at,
    }))
  return { claimed, settled: rows.length }
}

function claimStatement(claim: Claim): RawBuilder<ClaimedRow> {
  return sql<ClaimedRow>`
    with due as (
      select d.issue_id, d.subscriber_id, p.email, p.fields, p.email_key
      from delivery d
      join issue i on i.id = d.issue_id and i.status = 'sending'
      join subscriber p on p.id = d.subscriber_id
      where d.issue_id = ${claim.issueId} and d.batch_no = ${claim.batchNo} and d.status = 'pending'
        and (d.not_before is null or d.not_before <= ${claim.now})
      order by d.subscriber_id
      limit ${claim.limit}
      for update of d skip locked
    ), judged as (
      select due.*, exists (select 1 from suppression s where s.email_key = due.email_key) as suppressed,
        by_list.id as list_id, by_list.id is not null as confirmed
      from due left join lateral (
        select l.id from issue_list il
        join list l on l.id = il.list_id
        join subscription s on s.list_id = l.id
        where il.issue_id = due.issue_id and s.subscriber_id = due.subscriber_id and s.status = 'confirmed'
        order by l.created_at, l.id
        limit 1
      ) by_list on true
    )
    update delivery d set
      status = case when j.confirmed and not j.suppressed then 'sending' else 'skipped' end,
      skip_reason = case when j.suppressed then 'suppressed' when not j.confirmed then 'unsubscribed' end,
      finished_at = case when j.confirmed and not j.suppressed then null else ${claim.now}::timestamptz end,
      lease_until = case when j.confirmed and not j.suppressed then ${claim.leaseUntil}::timestamptz end,
      attempts = d.attempts + case when j.confirmed and not j.suppressed then 1 else 0 end,
      first_attempt_at = case when j.confirmed and not j.suppressed
        then coalesce(d.first_attempt_at, ${claim.now}::timestamptz) else d.first_attempt_at end,
      not_before = null
    from judged j
    where d.issue_id = j.issue_id and d.subscriber_id = j.subscriber_id and d.status = 'pending'
    returning d.id, d.status, d.subscriber_id, j.list_id, j.email, j.fields, d.attempts, d.first_attempt_at`
}

import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/database.js'
import { newId } from '../../db/uuid.js'

/** A range of an issue's deliveries that a worker holds. */
export type HeldBatch = {
  /** Names this very taking: who takes the batch again, be it the same worker, gets another. */
  hold: string
  issueId: string
  batchNo: number
  month: string
  firstSubscriberId: string
  lastSubscriberId: string
  /** Whether only readers of the canary may be sent to now. */
  canaryOnly: boolean
  /** The subject of whoever tries none: 0 is the issue's own. */
  subjectWinner: number
}

/** A delivery that is due in a batch, with all that its mail needs. */
export type DueDelivery = {
  id: string
  subscriberId: string
  attempts: number
  firstAttemptAt: Date | null
  /** Null when the subscriber is gone. */
  email: string | null
  emailKey: string
  /** As a BCP 47 tag; null: nobody knows. */
  language: string | null
  fields: Record<string, string>
  /** The first of the issue's lists that they are confirmed on; null: none. */
  listId: string | null
  /** The subject that they try; null: the one for everybody else. */
  variant: number | null
}

type Holding = { workerId: string; now: Date }

/** Whether a batch of the issue `i` may be taken: while a canary runs only those with its readers, after it has failed none of the others. */
export function mayGoOut(hasCanary: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`(i.canary_status is null or i.canary_status = 'passed' or (i.canary_status = 'running' and ${hasCanary}))`
}

/** Takes the next batch of an issue that has something to send and that nobody holds; null when there is none. */
export async function takeBatch(
  db: Database,
  issueId: string,
  { workerId, now }: Holding,
): Promise<HeldBatch | null> {
  const { rows } = await sql<HeldBatch>`
    update batch b set worker_id = ${workerId}, hold = ${newId(now)}
    from issue i
    where i.id = ${issueId} and i.status = 'sending' and b.issue_id = i.id and b.batch_no = (
      select batch_no from batch
      where issue_id = ${issueId} and due_at <= ${now} and worker_id is null
        and ${mayGoOut(sql`has_canary`)}
      order by due_at, batch_no
      limit 1
      for update skip locked
    ) and b.worker_id is null and exists (select from worker where id = ${workerId})
    returning b.hold, b.issue_id as "issueId", b.batch_no as "batchNo", i.ledger_month as month,
      b.first_subscriber_id as "firstSubscriberId", b.last_subscriber_id as "lastSubscriberId",
      coalesce(i.canary_status = 'running', false) as "canaryOnly", coalesce(i.subject_winner, 0) as "subjectWinner"`.execute(
    db,
  )
  return rows[0] ?? null
}

/** What is due in a batch, in the order of the ledger. */
export async function dueDeliveries(db: Database, batch: HeldBatch, now: Date): Promise<DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    select d.id, d.subscriber_id as "subscriberId", d.attempts, d.first_attempt_at as "firstAttemptAt", p.email,
      coalesce(p.email_key, '') as "emailKey", p.language, coalesce(p.fields, '{}') as fields, on_list.id as "listId", d.variant
    from delivery d
    left join subscriber p on p.id = d.subscriber_id
    left join lateral (
      select l.id from issue_list il
      join list l on l.id = il.list_id
      join subscription s on s.list_id = l.id
      where il.issue_id = d.issue_id and s.subscriber_id = d.subscriber_id and s.status = 'confirmed'
      order by l.created_at, l.id
      limit 1
    ) on_list on true
    where d.issue_id = ${batch.issueId} and d.month = ${batch.month}
      and d.subscriber_id between ${batch.firstSubscriberId} and ${batch.lastSubscriberId}
      and d.status = 'pending' and (d.not_before is null or d.not_before <= ${now})
      and (d.is_canary or not ${batch.canaryOnly})
    order by d.subscriber_id`.execute(db)
  return rows
}

/**
 * Gives a batch back: it is due when its next pending delivery is, but not before `heldUntil`; never again when none is left.
 * Changes nothing when it is no longer held under this name.
 */
export async function releaseBatch(
  db: Database,
  batch: HeldBatch,
  { now, heldUntil }: { now: Date; heldUntil: Date | null },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Locked first and looked at then, so that whoever makes deliveries pending again meanwhile is either seen or comes after us.
    const { rows } = await sql`
      select from batch where issue_id = ${batch.issueId} and batch_no = ${batch.batchNo} and hold = ${batch.hold} for update`.execute(
      tx,
    )
    if (rows.length === 0) return
    await sql`
      with waiting as (
        select min(coalesce(d.not_before, ${now}::timestamptz)) as due_at,
          coalesce(bool_or(d.is_canary and d.not_before is null), false) as has_canary
        from delivery d
        where d.issue_id = ${batch.issueId} and d.month = ${batch.month} and d.status = 'pending'
          and d.subscriber_id between ${batch.firstSubscriberId} and ${batch.lastSubscriberId}
      )
      update batch b set
        worker_id = null,
        hold = null,
        has_canary = b.has_canary and waiting.has_canary,
        due_at = case when waiting.due_at is not null then greatest(waiting.due_at, ${heldUntil}::timestamptz) end
      from waiting
      where b.issue_id = ${batch.issueId} and b.batch_no = ${batch.batchNo}`.execute(tx)
  })
}

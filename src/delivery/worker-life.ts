import { hostname } from 'node:os'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** What a worker holds is its own while it has been seen within this time. */
export const LEASE_MS = 60_000

/** The heartbeat: writes the worker down, or that it was seen, also after it has been taken for dead. */
export async function keepAlive({ db, clock }: Needs, workerId: string): Promise<void> {
  const now = clock.now()
  await db
    .insertInto('worker')
    .values({ id: workerId, host: hostname(), started_at: now, seen_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: now }))
    .execute()
}

/** Ends workers that nobody has seen for a lease, or the one named: what they held is free again, and what they had on the wire is in doubt. */
export async function buryWorkers({ db, clock }: Needs, workerId: string | null = null): Promise<number> {
  const now = clock.now()
  const unseenSince = new Date(now.getTime() - LEASE_MS)
  return db.transaction().execute(async (tx) => {
    const dead = await tx
      .selectFrom('worker')
      .select('id')
      .where((eb) => (workerId ? eb('id', '=', workerId) : eb('seen_at', '<', unseenSince)))
      .forUpdate()
      .skipLocked()
      .execute()
    if (dead.length === 0) return 0
    const ids = dead.map(({ id }) => id)
    const { rows } = await sql<BatchKey>`
      select issue_id as "issueId", batch_no as "batchNo", hold from batch where worker_id = any(${ids}) for update`.execute(
      tx,
    )
    await freeBatches(tx, rows, now)
    await tx.deleteFrom('worker').where('id', 'in', ids).execute()
    return ids.length
  })
}

/** A batch as somebody holds it; null for one from before holds had names. */
export type BatchKey = { issueId: string; batchNo: number; hold: string | null }

/** Frees batches whose holder has forgotten them; what is still `sending` in them has nobody who will hear of it. */
export async function freeBatches(tx: Tx, batches: readonly BatchKey[], now: Date): Promise<void> {
  for (const { issueId, batchNo, hold } of batches) {
    // The ledger asks for the name of the hold, so freeing the batch first leaves its old holder no way back.
    const { numAffectedRows } = await sql`
      update batch set worker_id = null, hold = null, due_at = coalesce(due_at, ${now})
      where issue_id = ${issueId} and batch_no = ${batchNo} and hold is not distinct from ${hold}::uuid`.execute(
      tx,
    )
    if (numAffectedRows === 0n) continue
    await sql`
      update delivery d set status = 'unknown', finished_at = ${now}, smtp_stage = 'data',
        smtp_text = 'The sender stopped before the reply.'
      from batch b, issue i
      where b.issue_id = ${issueId} and b.batch_no = ${batchNo} and i.id = b.issue_id
        and d.issue_id = b.issue_id and d.month = i.ledger_month
        and d.subscriber_id between b.first_subscriber_id and b.last_subscriber_id and d.status = 'sending'`.execute(
      tx,
    )
  }
}

/** Frees batches of workers that nobody has written down: one that was taken for dead may have taken another in that very moment. */
export async function freeOrphans({ db, clock }: Needs): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<BatchKey>`
      select issue_id as "issueId", batch_no as "batchNo", hold from batch b
      where worker_id is not null and not exists (select from worker w where w.id = b.worker_id) for update`.execute(
      tx,
    )
    await freeBatches(tx, rows, clock.now())
  })
}

/**
 * Calls unknown what an issue has `sending` although none of its batches is held: a claim that became durable while its batch was being
 * freed. Nobody will hear of it.
 */
export async function doubtForgotten({ db, clock }: Needs, issueId: string): Promise<void> {
  await sql`
    update delivery d set status = 'unknown', finished_at = ${clock.now()}, smtp_stage = 'data',
      smtp_text = 'The sender stopped before the reply.'
    from batch b, issue i
    where i.id = ${issueId} and b.issue_id = i.id and b.worker_id is null
      and d.issue_id = b.issue_id and d.month = i.ledger_month
      and d.subscriber_id between b.first_subscriber_id and b.last_subscriber_id and d.status = 'sending'
      and not exists (select from batch held where held.issue_id = i.id and held.worker_id is not null)`.execute(
    db,
  )
}

/** The batches that the ledger says this worker holds. */
export async function batchesOf({ db }: Pick<Needs, 'db'>, workerId: string): Promise<BatchKey[]> {
  return db
    .selectFrom('batch')
    .select(['issue_id as issueId', 'batch_no as batchNo', 'hold'])
    .where('worker_id', '=', workerId)
    .execute()
}

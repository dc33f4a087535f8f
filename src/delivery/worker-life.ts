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
      select issue_id as "issueId", batch_no as "batchNo" from batch where worker_id = any(${ids}) for update`.execute(
      tx,
    )
    await freeBatches(tx, rows, now)
    await tx.deleteFrom('worker').where('id', 'in', ids).execute()
    return ids.length
  })
}

export type BatchKey = { issueId: string; batchNo: number }

/** Frees batches whose holder has forgotten them; what is still `sending` in them has nobody who will hear of it. */
export async function freeBatches(tx: Tx, batches: readonly BatchKey[], now: Date): Promise<void> {
  for (const { issueId, batchNo } of batches) {
    // The claim looks at worker_id, so freeing the batch first leaves its old holder no way back.
    await sql`
      update batch set worker_id = null, due_at = coalesce(due_at, ${now})
      where issue_id = ${issueId} and batch_no = ${batchNo}`.execute(tx)
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

/** The batches that the ledger says this worker holds. */
export async function batchesOf({ db }: Pick<Needs, 'db'>, workerId: string): Promise<BatchKey[]> {
  return db
    .selectFrom('batch')
    .select(['issue_id as issueId', 'batch_no as batchNo'])
    .where('worker_id', '=', workerId)
    .execute()
}

import { hostname } from 'node:os'
import { sql } from 'kysely'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** What a worker holds is its own while it has been seen within this time. */
export const LEASE_MS = 60_000

/** Writes a new worker down and returns its id. */
export async function enlistWorker({ db, clock }: Needs): Promise<string> {
  const now = clock.now()
  const id = newId(now)
  await db.insertInto('worker').values({ id, host: hostname(), started_at: now, seen_at: now }).execute()
  return id
}

/** The heartbeat; false when the worker has been taken for dead, and what it held is no longer its own. */
export async function keepAlive({ db, clock }: Needs, workerId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('worker')
    .set({ seen_at: clock.now() })
    .where('id', '=', workerId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
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
    // The claim looks at worker_id, so freeing the batch first leaves the dead no way back.
    const freed = await sql<{ issue_id: string; batch_no: number }>`
      update batch set worker_id = null, due_at = coalesce(due_at, ${now}) where worker_id = any(${ids})
      returning issue_id, batch_no`.execute(tx)
    for (const { issue_id, batch_no } of freed.rows)
      await sql`
        update delivery d set status = 'unknown', finished_at = ${now}, smtp_stage = 'data',
          smtp_text = 'The sender stopped before the reply.'
        from batch b, issue i
        where b.issue_id = ${issue_id} and b.batch_no = ${batch_no} and i.id = b.issue_id
          and d.issue_id = b.issue_id and d.month = i.ledger_month
          and d.subscriber_id between b.first_subscriber_id and b.last_subscriber_id and d.status = 'sending'`.execute(
        tx,
      )
    await tx.deleteFrom('worker').where('id', 'in', ids).execute()
    return ids.length
  })
}

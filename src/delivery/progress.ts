import type { DatabaseOrTx } from '../../db/database.js'
import type { Delivery } from '../../db/tables/delivery.js'

/** How many people of an issue stand where, read from the ledger; deferred are those pending for a later time. */
export type Progress = Record<Delivery['status'] | 'deferred' | 'total', number> & {
  skippedBy: Partial<Record<NonNullable<Delivery['skip_reason']>, number>>
}

/** Counts an issue's deliveries by state and, for those skipped, by reason; `total` is everybody. */
export async function progress(db: DatabaseOrTx, issueId: string): Promise<Progress> {
  const rows = await db
    .selectFrom('delivery')
    .select(({ fn }) => [
      'status',
      'skip_reason',
      fn.countAll<number>().as('count'),
      fn.count<number>('not_before').as('waiting'),
    ])
    .where('issue_id', '=', issueId)
    .groupBy(['status', 'skip_reason'])
    .execute()
  const counts: Progress = {
    pending: 0,
    sending: 0,
    accepted: 0,
    rejected: 0,
    unknown: 0,
    skipped: 0,
    deferred: 0,
    total: 0,
    skippedBy: {},
  }
  for (const row of rows) {
    const count = Number(row.count)
    counts.total += count
    counts[row.status] += count
    if (row.status === 'pending') {
      counts.deferred += Number(row.waiting)
      counts.pending -= Number(row.waiting)
    }
    if (row.skip_reason) counts.skippedBy[row.skip_reason] = count
  }
  return counts
}

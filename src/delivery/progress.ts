import type { DatabaseOrTx } from '../../db/database.js'
import type { Delivery } from '../../db/tables/delivery.js'
import type { ReplyClass } from '../smtp/reply-class.js'

/** How many people of an issue stand where; deferred are those pending for a later time. */
export type Progress = Record<Delivery['status'] | 'deferred' | 'total', number> & {
  skippedBy: Partial<Record<NonNullable<Delivery['skip_reason']>, number>>
  /** By what the refusal meant; '' when nobody knows. */
  rejectedBy: Partial<Record<ReplyClass | '', number>>
}

const NOTHING = {
  pending: 0,
  sending: 0,
  accepted: 0,
  rejected: 0,
  unknown: 0,
  skipped: 0,
  deferred: 0,
  total: 0,
}

/** Reads an issue's tally: a few rows however many readers it has, written with the ledger itself; `total` is everybody. */
export async function progress(db: DatabaseOrTx, issueId: string): Promise<Progress> {
  const rows = await db
    .selectFrom('tally')
    .select(({ fn }) => ['status', 'reason', fn.sum<string>('count').as('count')])
    .where('issue_id', '=', issueId)
    .groupBy(['status', 'reason'])
    .execute()
  const counts: Progress = { ...NOTHING, skippedBy: {}, rejectedBy: {} }
  for (const { status, reason, count: text } of rows) {
    const count = Number(text)
    if (count === 0) continue
    counts.total += count
    counts[status as Delivery['status'] | 'deferred'] += count
    if (status === 'skipped') counts.skippedBy[reason as NonNullable<Delivery['skip_reason']>] = count
    if (status === 'rejected') counts.rejectedBy[reason as ReplyClass | ''] = count
  }
  return counts
}

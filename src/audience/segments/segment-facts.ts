import type { DatabaseOrTx } from '../../../db/database.js'
import { MOST_ISSUES } from './segment-tree.js'

/** What conditions are meant against: the moment of “the last days”, and the issues that are “the last ones” at that moment. */
export type SegmentFacts = {
  now: Date
  /** The latest first; their deliveries are in the ledger's part `month`. */
  recent: readonly { id: string; month: string }[]
}

/** The facts of a moment. An issue counts among the last ones as soon as everybody on its lists stands in the ledger. */
export async function segmentFacts(db: DatabaseOrTx, now: Date): Promise<SegmentFacts> {
  const rows = await db
    .selectFrom('issue')
    .select(['id', 'ledger_month'])
    .where('fanned_out_at', '<=', now)
    .where('ledger_month', 'is not', null)
    .orderBy('released_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_ISSUES)
    .execute()
  return { now, recent: rows.map(({ id, ledger_month }) => ({ id, month: ledger_month ?? '' })) }
}

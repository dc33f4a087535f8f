import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'

/** How a subject has done among the readers who try it. */
export type SubjectCount = { variant: number; readers: number; accepted: number; clicks: number }

/** Readers of an issue's part who have clicked, by the subject that they got. */
export type CountClicks = (db: DatabaseOrTx, issueId: string) => Promise<ReadonlyMap<number, number>>

/** No click is counted as long as links are not tracked. */
export const countClicks: CountClicks = async () => new Map()

/** How each subject of an issue's test has done so far, the issue's own first; those that nobody tries are there, too. */
export async function subjectCounts(
  db: DatabaseOrTx,
  { issueId, subjects }: { issueId: string; subjects: number },
  clicksOf: CountClicks = countClicks,
): Promise<SubjectCount[]> {
  const { rows } = await sql<{ variant: number; readers: number; accepted: number }>`
    select variant, count(*)::int as readers, (count(*) filter (where status = 'accepted'))::int as accepted
    from delivery where issue_id = ${issueId} and is_canary and variant is not null group by variant`.execute(
    db,
  )
  const clicks = await clicksOf(db, issueId)
  return Array.from({ length: subjects }, (_, variant) => {
    const { readers = 0, accepted = 0 } = rows.find((row) => row.variant === variant) ?? {}
    return { variant, readers, accepted, clicks: clicks.get(variant) ?? 0 }
  })
}

/** The subject that the largest share of its readers clicked in; the earlier one when several are level, so that without tracking it is the issue's own. */
export function bestSubject(counts: readonly SubjectCount[]): number {
  const share = ({ accepted, clicks }: SubjectCount) => (accepted === 0 ? 0 : clicks / accepted)
  return (
    counts.reduce<SubjectCount | null>(
      (best, count) => (best && share(best) >= share(count) ? best : count),
      null,
    )?.variant ?? 0
  )
}

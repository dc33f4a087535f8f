import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import type { LeaveReason } from '../../db/tables/leave-reason.js'

/** How often people gave one reason for leaving, and what they said in their own words, the newest first; nobody is named. */
export type ReasonCount = { reason: LeaveReason['reason']; count: number; words: string[] }

const MOST_WORDS = 20

/** Why people left after an issue, or after any issue that went to a list; the most frequent reason first. */
export async function leaveReasons(
  { db }: { db: DatabaseOrTx },
  about: { issueId: string } | { listId: string },
): Promise<ReasonCount[]> {
  const isMeant =
    'issueId' in about
      ? sql`issue_id = ${about.issueId}`
      : sql`issue_id in (select issue_id from issue_list where list_id = ${about.listId})`
  const { rows } = await sql<ReasonCount>`
    select reason, count(*)::int as count,
      coalesce((array_agg(note order by created_at desc, id) filter (where note <> ''))[1:${sql.lit(MOST_WORDS)}], '{}') as words
    from leave_reason where ${isMeant} group by reason order by 2 desc, 1`.execute(db)
  return rows
}

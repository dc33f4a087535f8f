import { sql } from 'kysely'
import type { Context } from '../context.js'

/** How the first readers of an issue stand: still waiting, tried, and refused for whatever reason. */
export type CanaryCounts = { waiting: number; tried: number; refused: number }

/** Counts the readers of an issue's canary, from an index that holds nobody else. */
export async function canaryCounts({ db }: Pick<Context, 'db'>, issueId: string): Promise<CanaryCounts> {
  const { rows } = await sql<CanaryCounts>`
    select
      (count(*) filter (where status = 'sending' or (status = 'pending' and not_before is null)))::int as waiting,
      (count(*) filter (where status in ('accepted', 'rejected', 'unknown') or not_before is not null))::int as tried,
      (count(*) filter (where status = 'rejected' or (status = 'pending' and smtp_class in ('policy', 'throttled'))))::int as refused
    from delivery where issue_id = ${issueId} and is_canary`.execute(db)
  return rows[0] as CanaryCounts
}

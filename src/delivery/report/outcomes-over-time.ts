import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../../db/database.js'

/** What was settled in one stretch of time; times are ISO 8601 in UTC. */
export type Stretch = { at: string; accepted: number; rejected: number; unknown: number }

/** An issue's outcomes in equal stretches from the first to the last; those in which nothing happened are there, too. */
export type Pace = { seconds: number; firstAt: string; lastAt: string; stretches: Stretch[] }

/** Lengths of a stretch in seconds: from a second to a day, such as people count in. */
const LENGTHS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400]
const MOST_STRETCHES = 48

/** How an issue went over time, in at most 48 stretches (more only when it took longer than 48 days); null while nothing is settled. */
export async function outcomesOverTime(
  db: DatabaseOrTx,
  { issueId, month }: { issueId: string; month: string },
): Promise<Pace | null> {
  const settled = sql`
    from delivery where issue_id = ${issueId} and month = ${month}::date
      and status in ('accepted', 'rejected', 'unknown') and finished_at is not null`
  const { rows: ends } = await sql<{ first: Date | null; last: Date | null }>`
    select min(finished_at) as first, max(finished_at) as last ${settled}`.execute(db)
  const { first, last } = ends[0] ?? { first: null, last: null }
  if (!first || !last) return null
  const seconds = lengthFor((last.getTime() - first.getTime()) / 1000)
  const { rows } = await sql<Omit<Stretch, 'at'> & { number: number }>`
    select floor(extract(epoch from finished_at) / ${seconds}::int)::int as number,
      (count(*) filter (where status = 'accepted'))::int as accepted,
      (count(*) filter (where status = 'rejected'))::int as rejected,
      (count(*) filter (where status = 'unknown'))::int as unknown
    ${settled} group by 1 order by 1`.execute(db)
  return {
    seconds,
    firstAt: first.toISOString(),
    lastAt: last.toISOString(),
    stretches: withoutHoles(rows, seconds),
  }
}

function lengthFor(duration: number): number {
  const fits = LENGTHS.find((seconds) => duration / seconds < MOST_STRETCHES - 1)
  return fits ?? 86_400
}

function withoutHoles(
  rows: readonly (Omit<Stretch, 'at'> & { number: number })[],
  seconds: number,
): Stretch[] {
  const found = new Map(rows.map((row) => [row.number, row]))
  const [from, to] = [rows[0]?.number ?? 0, rows.at(-1)?.number ?? -1]
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const { accepted = 0, rejected = 0, unknown = 0 } = found.get(from + index) ?? {}
    return { at: new Date((from + index) * seconds * 1000).toISOString(), accepted, rejected, unknown }
  })
}

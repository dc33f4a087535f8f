import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../../db/database.js'
import { type OutcomeCounts, outcomeCounts, type StatusCount } from './outcome-counts.js'

/** An issue's outcomes among the people of one of its lists. */
export type ListOutcomes = { listId: string; name: string; counts: OutcomeCounts }

/** How an issue went on each of its lists; who was on two when it left counts in both. */
export async function outcomesByList(
  db: DatabaseOrTx,
  { issueId, month }: { issueId: string; month: string },
): Promise<ListOutcomes[]> {
  const { rows } = await sql<StatusCount & { list_id: string; name: string }>`
    select s.list_id, list.name, d.status, count(*)::int as count
    from issue
    join issue_list il on il.issue_id = issue.id
    join list on list.id = il.list_id
    join subscription s on s.list_id = il.list_id
    join delivery d on d.issue_id = issue.id and d.subscriber_id = s.subscriber_id
    where issue.id = ${issueId} and d.issue_id = ${issueId} and d.month = ${month}::date
      and s.created_at <= coalesce(issue.fanned_out_at, s.created_at)
      and (s.status <> 'unsubscribed' or s.unsubscribed_at >= issue.released_at)
    group by 1, 2, 3 order by list.name, s.list_id`.execute(db)
  const lists = new Map<string, { name: string; found: StatusCount[] }>()
  for (const { list_id, name, status, count } of rows) {
    const found = [...(lists.get(list_id)?.found ?? []), { status, count }]
    lists.set(list_id, { name, found })
  }
  return [...lists].map(([listId, { name, found }]) => ({ listId, name, counts: outcomeCounts(found) }))
}

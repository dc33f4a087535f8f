import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import type { Balance } from '../../db/tables/issue.js'

/** How the people on an issue's lists come down to those who will get it, in one statement; the numbers add up. */
export async function issueBalance(db: DatabaseOrTx, issueId: string): Promise<Balance> {
  const { rows } = await sql<{ on_lists: number; persons: number; unconfirmed: number; suppressed: number }>`
    select coalesce(sum(subscriptions), 0)::int as on_lists, count(*)::int as persons,
      (count(*) filter (where not confirmed))::int as unconfirmed,
      (count(*) filter (where confirmed and suppressed))::int as suppressed
    from (
      select count(*) as subscriptions, bool_or(s.status = 'confirmed') as confirmed,
        bool_or(sup.id is not null) as suppressed
      from issue_list il
      join subscription s on s.list_id = il.list_id and s.status in ('pending', 'confirmed')
      join subscriber p on p.id = s.subscriber_id
      left join suppression sup on sup.email_key = p.email_key
      where il.issue_id = ${issueId}
      group by s.subscriber_id
    ) person`.execute(db)
  const { on_lists: onLists, persons, unconfirmed, suppressed } = rows[0] as (typeof rows)[number]
  const recipients = persons - unconfirmed - suppressed
  return { onLists, duplicates: onLists - persons, unconfirmed, suppressed, recipients }
}

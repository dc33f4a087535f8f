import { type RawBuilder, sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import type { Balance } from '../../db/tables/issue.js'

type BalanceRow = { on_lists: number; persons: number; unconfirmed: number; suppressed: number }

/** The sums of a balance, over rows of `audienceOf`. */
export const BALANCE_COLUMNS = sql`
  coalesce(sum(subscriptions), 0)::int as on_lists, count(*)::int as persons,
  (count(*) filter (where not confirmed))::int as unconfirmed,
  (count(*) filter (where confirmed and suppressed))::int as suppressed`

/**
 * The people on an issue's lists, one row each: `subscriber_id`, `subscriptions`, `confirmed`, `suppressed`. Balance and
 * fan-out both count from it, so that they mean the same people.
 */
export function audienceOf(issueId: string): RawBuilder<unknown> {
  return sql`
    select s.subscriber_id, count(*) as subscriptions, bool_or(s.status = 'confirmed') as confirmed,
      bool_or(sup.id is not null) as suppressed
    from issue_list il
    join subscription s on s.list_id = il.list_id and s.status in ('pending', 'confirmed')
    join subscriber p on p.id = s.subscriber_id
    left join suppression sup on sup.email_key = p.email_key
    where il.issue_id = ${issueId}
    group by s.subscriber_id`
}

/** Runs a statement that yields one row of `BALANCE_COLUMNS` and reads it as a `Balance`. */
export async function countBalance(db: DatabaseOrTx, counted: RawBuilder<BalanceRow>): Promise<Balance> {
  const { rows } = await counted.execute(db)
  const { on_lists: onLists, persons, unconfirmed, suppressed } = rows[0] as BalanceRow
  const recipients = persons - unconfirmed - suppressed
  return { onLists, duplicates: onLists - persons, unconfirmed, suppressed, recipients }
}

/** How the people on an issue's lists come down to those who will get it, in one statement; the numbers add up. */
export async function issueBalance(db: DatabaseOrTx, issueId: string): Promise<Balance> {
  return countBalance(db, sql`select ${BALANCE_COLUMNS} from (${audienceOf(issueId)}) person`)
}

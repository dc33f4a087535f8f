import { type RawBuilder, sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import type { Balance } from '../../db/tables/issue.js'
import { suppressedDomain } from '../audience/suppressed-sql.js'
import { segmentsLeave } from './issue-segments.js'

/** One row of `BALANCE_COLUMNS`. */
export type BalanceRow = { on_lists: number; persons: number; unconfirmed: number; suppressed: number }

/** The sums of a balance, over rows of `audienceOf`. */
export const BALANCE_COLUMNS = sql`
  coalesce(sum(subscriptions), 0)::int as on_lists, count(*)::int as persons,
  (count(*) filter (where not confirmed))::int as unconfirmed,
  (count(*) filter (where confirmed and suppressed))::int as suppressed`

/** A stretch of subscribers, and the issue's lists by name: with both in its hands the planner knows how few rows are meant. */
export type AudienceSlice = { listIds: readonly string[]; after: string; last: string }

/** Who of the people on an issue's lists is meant: what its segments leave of them as of `now`, and a stretch of them. */
export type AudiencePart = { segments: RawBuilder<boolean> | null; now: Date; slice?: AudienceSlice }

/**
 * The people on an issue's lists, one row each: `subscriber_id`, `subscriptions`, `confirmed`, `suppressed`. Balance and
 * fan-out both count from it, so that they mean the same people; `slice` is a part of them, by subscriber. Whom the segments leave out,
 * and who rests when the issue goes out, is not among them at all.
 */
export function audienceOf(issueId: string, { segments, now, slice }: AudiencePart): RawBuilder<unknown> {
  const within = slice
    ? // Said of both tables, for the planner does not carry a range across a join.
      sql`s.list_id = any(${slice.listIds}::uuid[]) and s.subscriber_id > ${slice.after} and s.subscriber_id <= ${slice.last}
        and p.id > ${slice.after} and p.id <= ${slice.last}`
    : sql`s.list_id in (select list_id from issue_list where issue_id = ${issueId})`
  return sql`
    select s.subscriber_id, count(*) as subscriptions, bool_or(s.status = 'confirmed') as confirmed,
      bool_or(sup.id is not null or ${sql.raw(suppressedDomain('p.email_key'))}) as suppressed
    from subscription s
    join subscriber p on p.id = s.subscriber_id
    left join suppression sup on sup.email_key = p.email_key
    where s.status in ('pending', 'confirmed') and ${within}${segments ? sql` and ${segments}` : sql``}
      and (p.snoozed_until is null
        or p.snoozed_until <= (select coalesce(released_at, send_at, ${now}::timestamptz) from issue where id = ${issueId}))
    group by s.subscriber_id`
}

/** Reads a row of `BALANCE_COLUMNS` as a `Balance`. */
export function balanceOf({ on_lists: onLists, persons, unconfirmed, suppressed }: BalanceRow): Balance {
  const recipients = persons - unconfirmed - suppressed
  return { onLists, duplicates: onLists - persons, unconfirmed, suppressed, recipients }
}

/** The people of an issue that has not been released, as of a moment; see `audienceOf`. */
export async function presentAudience(
  db: DatabaseOrTx,
  issueId: string,
  now: Date,
): Promise<RawBuilder<unknown>> {
  return audienceOf(issueId, { segments: await segmentsLeave(db, issueId, now), now })
}

/** How the people on an issue's lists come down to those who will get it, in one statement; the numbers add up. */
export async function issueBalance(db: DatabaseOrTx, issueId: string, now: Date): Promise<Balance> {
  const { rows } = await sql<BalanceRow>`
    select ${BALANCE_COLUMNS} from (${await presentAudience(db, issueId, now)}) person`.execute(db)
  return balanceOf(rows[0] as BalanceRow)
}

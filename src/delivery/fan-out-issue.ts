import { randomBytes } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { Balance, Issue } from '../../db/tables/issue.js'
import type { Context } from '../context.js'
import { audienceOf, BALANCE_COLUMNS, type BalanceRow, balanceOf } from '../issues/balance.js'
import { segmentsLeave } from '../issues/issue-segments.js'
import { momentIn } from '../issues/own-time.js'
import { enqueueIssue } from './enqueue-issue.js'
import { type FanOutFacts, fanOutFacts } from './fan-out-facts.js'
import { finishIssue } from './finish-issue.js'
import { watchOverIssue } from './watch-over-issue.js'

/** Subscriptions that each list has at most in a slice, and deliveries of one batch. */
const SLICE = 20_000
const BATCH = 500

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>

/**
 * Gives every person on an issue's lists a row in the ledger, once: pending, or skipped with the reason, so that the numbers add up for
 * each of them. Goes on slice by slice from where it stopped, each slice a transaction of its own that may be sent at once; the
 * issue's row is locked meanwhile and remembers the last subscriber, so that running again, or twice at once, adds no row.
 */
export async function fanOutIssue(ctx: Needs, issueId: string): Promise<void> {
  const facts = await fanOutFacts(ctx.db, issueId)
  // Only once: a lane that rests between its turns would be sent off again by each slice.
  if (await fanOutSlice(ctx, issueId, facts)) await enqueueIssue(ctx, issueId)
  while (await fanOutSlice(ctx, issueId, facts));
  await watchOverIssue(ctx, issueId)
  await enqueueIssue(ctx, issueId)
  await finishIssue(ctx, issueId)
}

/** Whether there is another slice. */
async function fanOutSlice({ db, clock }: Needs, issueId: string, facts: FanOutFacts): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const issue = await tx
      .selectFrom('issue')
      .selectAll()
      .where('id', '=', issueId)
      .forUpdate()
      .executeTakeFirst()
    if (!issue || !['sending', 'paused'].includes(issue.status) || issue.fanned_out_at) return false
    const { last, balance } = await insertDeliveries(tx, issue, facts)
    const total = sum(issue.balance, balance)
    await tx
      .updateTable('issue')
      .set({
        balance: JSON.stringify(total),
        fan_out_cursor: last ?? issue.fan_out_cursor,
        ...(last ? {} : { fanned_out_at: clock.now() }),
      })
      .where('id', '=', issueId)
      .execute()
    return last !== null
  })
}

// One statement, so one snapshot: who leaves meanwhile is in both the ledger and the balance, or in neither.
async function insertDeliveries(
  tx: Tx,
  issue: Issue,
  facts: FanOutFacts,
): Promise<{ last: string | null; balance: Balance }> {
  const after = issue.fan_out_cursor ?? '00000000-0000-0000-0000-000000000000'
  const releasedAt = issue.released_at as Date
  const listIds = await listsOf(tx, issue.id)
  const last = await endOfSlice(tx, listIds, after)
  if (last === null)
    return { last, balance: { onLists: 0, duplicates: 0, unconfirmed: 0, suppressed: 0, recipients: 0 } }
  const secret = randomBytes(16)
  const variant = variantOf(issue, facts)
  const own = ownHours(issue, facts)
  const segments = await segmentsLeave(tx, issue.id, releasedAt)
  const { rows } = await sql<BalanceRow>`
    with person as (${audienceOf(issue.id, { segments, now: releasedAt, slice: { listIds, after, last } })} order by s.subscriber_id), numbered as materialized (
      select *, confirmed and not suppressed as gets_it, confirmed and not suppressed and ${isCanary(issue)} as is_canary,
        count(*) filter (where confirmed and not suppressed) over (order by subscriber_id rows unbounded preceding) - 1 as place
      from ${own ?? sql`person`}
    ), first_batch as (
      select coalesce(max(batch_no) + 1, 0) as no from batch where issue_id = ${issue.id}
    ), ledger as (
      insert into delivery (id, issue_id, month, subscriber_id, status, skip_reason, subscriptions, is_canary, finished_at${variant ? sql`, variant` : sql``}${own ? sql`, not_before` : sql``})
      select delivery_id(${releasedAt.getTime()}::bigint + place / 64, sha256(${secret}::bytea || uuid_send(subscriber_id))), ${issue.id}, ${issue.ledger_month}::date, subscriber_id,
        case when gets_it then 'pending' else 'skipped' end,
        case when not confirmed then 'unconfirmed' when suppressed then 'suppressed' end, subscriptions, is_canary,
        case when not gets_it then ${releasedAt}::timestamptz end${variant ? sql`, ${variant}` : sql``}${own ? sql`, case when gets_it and due_at > ${releasedAt}::timestamptz then due_at end` : sql``}
      from numbered
    ), batches as (
      insert into batch (issue_id, batch_no, first_subscriber_id, last_subscriber_id, due_at, has_canary)
      select ${issue.id}, (select no from first_batch) + place / ${sql.lit(BATCH)},
        (min(subscriber_id::text) filter (where place % ${sql.lit(BATCH)} = 0))::uuid,
        (max(subscriber_id::text) filter (where place % ${sql.lit(BATCH)} = ${sql.lit(BATCH - 1)} or place = (select max(place) from numbered)))::uuid,
        ${own ? sql`greatest(min(due_at), ${releasedAt}::timestamptz)` : sql`${releasedAt}::timestamptz`}, bool_or(is_canary)
      from numbered where gets_it group by place / ${sql.lit(BATCH)}
    )
    select ${BALANCE_COLUMNS} from numbered`.execute(tx)
  return { last, balance: balanceOf(rows[0] as BalanceRow) }
}

/** Whether a person belongs to those who get the issue first: the readers of the team's list, or some spread over all. */
function isCanary({ id, canary }: Issue): RawBuilder<boolean> {
  if (!canary) return sql`false`
  if (canary.listId)
    return sql`exists (
      select from subscription s
      where s.list_id = ${canary.listId} and s.subscriber_id = person.subscriber_id and s.status = 'confirmed')`
  return sql`abs(hashtext(${id} || subscriber_id::text)::bigint) % 10000 < ${Math.round((canary.percent ?? 0) * 100)}::int`
}

/**
 * Which subject a reader of the part tries, drawn apart from who belongs to it; null for an issue with one subject alone, and for readers
 * whose edition has only one: they would be counted for a subject that they never saw.
 */
function variantOf(
  { id, subject_test: test }: Issue,
  { otherLanguages }: FanOutFacts,
): RawBuilder<number> | null {
  if (!test) return null
  const subjects = sql.lit(test.subjects.length + 1)
  const tries =
    otherLanguages.length === 0
      ? sql`is_canary`
      : sql`is_canary and not exists (
          select from subscriber r where r.id = numbered.subscriber_id and r.language = any(${otherLanguages}::text[]))`
  return sql`case when ${tries} then (abs(hashtext(subscriber_id::text || ${id})::bigint) % ${subjects})::smallint end`
}

/** The people with the moment at which each is due, for an issue that follows their own clocks; null for any other. */
function ownHours({ own_time, send_zone }: Issue, { moments }: FanOutFacts): RawBuilder<unknown> | null {
  if (!own_time) return null
  return sql`(
    select person.*, coalesce(own.due_at, ${momentIn(own_time, send_zone ?? 'UTC')}::timestamptz) as due_at
    from person join subscriber p on p.id = person.subscriber_id
    left join unnest(${moments.map(({ zone }) => zone)}::text[], ${moments.map(({ at }) => at)}::timestamptz[]) as own (zone, due_at)
      on own.zone = p.time_zone
  ) person`
}

async function listsOf(tx: Tx, issueId: string): Promise<string[]> {
  const rows = await tx.selectFrom('issue_list').select('list_id').where('issue_id', '=', issueId).execute()
  return rows.map(({ list_id }) => list_id)
}

/** Where the next slice ends, at the nearest of the lists' next cuts: the millionth slice costs what the first did. Null: nobody is left. */
async function endOfSlice(tx: Tx, listIds: readonly string[], after: string): Promise<string | null> {
  const { rows } = await sql<{ last: string | null }>`
    with cut as (
      select (
        select s.subscriber_id from subscription s where s.list_id = list.id and s.subscriber_id > ${after}
        order by s.subscriber_id offset ${SLICE - 1} limit 1
      )::text as next, (
        select s.subscriber_id from subscription s where s.list_id = list.id and s.subscriber_id > ${after}
        order by s.subscriber_id desc limit 1
      )::text as last
      from unnest(${listIds}::uuid[]) as list (id)
    )
    select coalesce(min(next), max(last))::uuid as last from cut`.execute(tx)
  return rows[0]?.last ?? null
}

function sum(before: Balance | null, slice: Balance): Balance {
  if (!before) return slice
  return {
    onLists: before.onLists + slice.onLists,
    duplicates: before.duplicates + slice.duplicates,
    unconfirmed: before.unconfirmed + slice.unconfirmed,
    suppressed: before.suppressed + slice.suppressed,
    recipients: before.recipients + slice.recipients,
  }
}

import { sql } from 'kysely'
import type { Context } from '../context.js'
import type { DeliveryIds } from './tokens.js'

/** Takes one person off every list of an issue, durably before it resolves. */
export type LeaveByOneClick = (ids: DeliveryIds) => Promise<void>

type Waiting = { ids: DeliveryIds; done(): void; failed(error: unknown): void }
type Needs = Pick<Context, 'db' | 'clock'>

const MOST_AT_ONCE = 500

/**
 * Unsubscribing as mail programs do it, thousands within seconds after a large issue: whatever is posted while one write is on its way goes
 * into the next, each write one statement. Nothing is answered before it is durable.
 */
export function gatherOneClicks(ctx: Needs): LeaveByOneClick {
  let waiting: Waiting[] = []
  let isWriting = false
  const write = async () => {
    isWriting = true
    while (waiting.length > 0) {
      const turn = waiting.slice(0, MOST_AT_ONCE)
      waiting = waiting.slice(MOST_AT_ONCE)
      await leaveAll(ctx, turn)
    }
    isWriting = false
  }
  return (ids) =>
    new Promise((done, failed) => {
      waiting.push({ ids, done, failed })
      if (!isWriting) void write()
    })
}

/** One statement for all; what it refuses is tried one by one, so that nobody suffers for another. Never throws. */
async function leaveAll(ctx: Needs, turn: readonly Waiting[]): Promise<void> {
  try {
    await leave(ctx, turn)
    for (const { done } of turn) done()
  } catch (error) {
    if (turn.length === 1) return turn[0]?.failed(error)
    for (const one of turn) await leaveAll(ctx, [one])
  }
}

// Rows are locked in one order, the person's first as everywhere else, so that two processes never wait for each other.
// An issue that is gone from the database must not make its links useless: then the person leaves everything.
async function leave({ db, clock }: Needs, turn: readonly Waiting[]): Promise<void> {
  const now = clock.now()
  await sql`
    with asked as (
      select distinct coalesce(merged.kept_id, posted.subscriber_id) as subscriber_id, posted.issue_id
      from unnest(${turn.map(({ ids }) => ids.subscriberId)}::uuid[], ${turn.map(({ ids }) => ids.issueId)}::uuid[])
        as posted (subscriber_id, issue_id)
        left join merged_subscriber merged on merged.gone_id = posted.subscriber_id
    ), person as materialized (
      select id from subscriber where id in (select subscriber_id from asked) order by id for no key update
    ), on_list as materialized (
      select s.list_id, s.subscriber_id from person join subscription s on s.subscriber_id = person.id
      where s.status in ('pending', 'confirmed')
    ), wanted as materialized (
      select distinct on (s.list_id, s.subscriber_id) s.list_id, s.subscriber_id, a.issue_id
      from on_list s join asked a using (subscriber_id)
      where exists (select from issue_list il where il.issue_id = a.issue_id and il.list_id = s.list_id)
        or not exists (select from issue_list il where il.issue_id = a.issue_id)
    ), gone as (
      update subscription s
      set status = 'unsubscribed', unsubscribed_at = ${now}::timestamptz, unsubscribe_channel = 'one-click', unsubscribe_issue_id = w.issue_id
      from wanted w
      where s.list_id = w.list_id and s.subscriber_id = w.subscriber_id and s.status in ('pending', 'confirmed')
      returning s.list_id, s.subscriber_id, w.issue_id
    )
    insert into consent_event (id, subscriber_id, list_id, issue_id, kind, channel, occurred_at)
    select gen_random_uuid(), subscriber_id, list_id, issue_id, 'withdrawn', 'one-click', ${now}::timestamptz from gone`.execute(
    db,
  )
}

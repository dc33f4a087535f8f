import { type RawBuilder, sql } from 'kysely'
import type { Database, DatabaseOrTx, Tx } from '../../db/database.js'
import { allowErasing } from './allow-erasing.js'

/** How many people one transaction lets go. */
const SLICE = 1000

/** How many people have sign-ups whose link ran out before a moment, and that nobody confirmed. */
export async function countUnconfirmed(db: DatabaseOrTx, before: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct subscriber_id)::int as count from (${waitingInVain(before)}) people`.execute(db)
  return rows[0]?.count ?? 0
}

/**
 * Forgets sign-ups that nobody confirmed: the subscription, what was said at the sign-up, its link, and the person when nothing else is known of
 * them. Who had left the list before has left it again. Returns for how many people, at most a thousand; 0: nobody is left.
 */
export async function purgeUnconfirmed(db: Database, before: Date): Promise<number> {
  return db.transaction().execute(async (tx) => {
    // Locked as a sign-up locks them: who asks again at this very moment is either seen below or comes after us.
    const { rows } = await sql<{ id: string }>`
      select p.id from subscriber p
      where p.id in (select subscriber_id from (${waitingInVain(before)}) people limit ${SLICE})
      order by p.id for update skip locked`.execute(tx)
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0) await forget(tx, ids, before)
    return ids.length
  })
}

async function forget(tx: Tx, ids: readonly string[], before: Date): Promise<void> {
  await allowErasing(tx)
  const theirs = sql`(${expired(before)} and s.subscriber_id = any(${ids}::uuid[]))`
  await sql`
    delete from consent_event e using ${theirs} s
    where e.subscriber_id = s.subscriber_id and e.list_id = s.list_id and e.kind = 'requested' and not exists (
      select from consent_event later
      where later.subscriber_id = e.subscriber_id and later.list_id = e.list_id
        and later.kind in ('confirmed', 'added') and later.occurred_at >= e.occurred_at)`.execute(tx)
  await sql`
    update subscription set status = 'unsubscribed', unsubscribed_at = gone.left_at
    from (
      select s.list_id, s.subscriber_id, max(e.occurred_at) as left_at
      from ${theirs} s
      join consent_event e on e.subscriber_id = s.subscriber_id and e.list_id = s.list_id and e.kind = 'withdrawn'
      group by 1, 2
    ) gone
    where subscription.list_id = gone.list_id and subscription.subscriber_id = gone.subscriber_id
      and subscription.status = 'pending'`.execute(tx)
  await sql`
    delete from subscription using ${theirs} s
    where subscription.list_id = s.list_id and subscription.subscriber_id = s.subscriber_id
      and subscription.status = 'pending'`.execute(tx)
  await sql`
    delete from confirmation c
    where c.subscriber_id = any(${ids}::uuid[]) and c.used_at is null and c.expires_at < ${before}`.execute(
    tx,
  )
  await sql`
    delete from subscriber p
    where p.id = any(${ids}::uuid[]) and p.created_at < ${before}
      and not exists (select from subscription s where s.subscriber_id = p.id)
      and not exists (select from consent_event e where e.subscriber_id = p.id)`.execute(tx)
}

/** Whose sign-ups are to be forgotten: also one that was repeated, of which another link was followed. */
function waitingInVain(before: Date): RawBuilder<unknown> {
  return sql`
    select subscriber_id from (${expired(before)}) expired
    union
    select subscriber_id from confirmation where used_at is null and expires_at < ${before}`
}

/** Subscriptions that wait for a confirmation which can come no more. */
function expired(before: Date): RawBuilder<unknown> {
  return sql`
    select s.list_id, s.subscriber_id from subscription s
    where s.status = 'pending' and s.created_at < ${before} and not exists (
      select from confirmation c
      where c.subscriber_id = s.subscriber_id and s.list_id = any(c.list_ids)
        and (c.expires_at >= ${before} or c.created_at >= ${before}))`
}

import { sql } from 'kysely'
import type { Tx } from '../../../db/database.js'
import { newId } from '../../../db/uuid.js'
import type { KeyRing } from '../../secrets.js'
import { newlyConfirmed } from '../confirm-on-lists.js'
import { isFormerAddress } from '../former-addresses.js'
import { hasLeft } from '../has-left-sql.js'
import { statesBefore } from '../subscription-status.js'
import { suppressedDomain } from '../suppressed-sql.js'
import { suppressionHashes } from '../suppression-hash.js'
import type { BulkAct, BulkWhat } from './bulk-act.js'

type Slice = { ids: readonly string[]; now: Date; keys: KeyRing }
type Change = { subscriberId: string; before: object }
type What<K extends BulkWhat['kind']> = Extract<BulkWhat, { kind: K }>

/** Does what an act is about to some subscribers, remembers what they were like, and returns how many it changed. */
export async function doToSlice(tx: Tx, { id, what }: BulkAct, slice: Slice): Promise<number> {
  const changes = await changeAll(tx, what, slice)
  const rows = changes.map(({ subscriberId, before }) => ({
    act_id: id,
    subscriber_id: subscriberId,
    before: JSON.stringify(before),
  }))
  if (rows.length > 0) await tx.insertInto('bulk_change').values(rows).execute()
  return rows.length
}

function changeAll(tx: Tx, what: BulkWhat, slice: Slice): Promise<Change[]> {
  switch (what.kind) {
    case 'add-to-list':
      return addToList(tx, what, slice)
    case 'remove-from-list':
      return removeFromList(tx, what, slice)
    case 'set-field':
      return setField(tx, what, slice)
    case 'suppress':
      return suppress(tx, what, slice)
  }
}

// Who has left the list or is suppressed stays so, also when a sign-up waits to bring them back, and an address that somebody gave up has to be confirmed; who else waits is confirmed, as when one is added alone.
async function addToList(
  tx: Tx,
  { listId, note }: What<'add-to-list'>,
  { ids, now, keys }: Slice,
): Promise<Change[]> {
  const { rows } = await sql<{ id: string; email_key: string; was: 'none' | 'pending' }>`
    select p.id, p.email_key, coalesce(s.status, 'none') as was
    from subscriber p left join subscription s on s.subscriber_id = p.id and s.list_id = ${listId}
    where p.id = any(${ids}::uuid[]) and (s.status is null or s.status = any(${statesBefore('add')}::text[]))
      and not ${sql.raw(hasLeft('s'))}
      and not exists (select from suppression sup where sup.email_key = p.email_key) and not ${sql.raw(suppressedDomain('p.email_key'))}
      and not ${sql.raw(isFormerAddress('p.email_key'))}
    for update of p`.execute(tx)
  const erased = await erasedAmong(tx, keys, rows)
  const before = new Map(
    rows.filter(({ email_key }) => !erased.has(email_key)).map(({ id, was }) => [id, was]),
  )
  if (before.size === 0) return []
  const joined = await tx
    .insertInto('subscription')
    .values([...before.keys()].map((subscriberId) => newlyConfirmed({ listId, subscriberId, now })))
    .onConflict((conflict) =>
      conflict
        .columns(['list_id', 'subscriber_id'])
        .doUpdateSet({ status: 'confirmed', confirmed_at: now })
        .where('subscription.status', 'in', statesBefore('add')),
    )
    .returning('subscriber_id')
    .execute()
  await recordAll(
    tx,
    joined.map((one) => one.subscriber_id),
    { listId, kind: 'added', channel: 'coordinator', note, now },
  )
  return joined.map(({ subscriber_id: subscriberId }) => ({
    subscriberId,
    before: { was: before.get(subscriberId), at: now.toISOString() },
  }))
}

/** The addresses whose owners were erased and have not confirmed since that they are back. */
async function erasedAmong(
  tx: Tx,
  keys: KeyRing,
  people: readonly { email_key: string }[],
): Promise<ReadonlySet<string>> {
  const keyOf = new Map(
    people.flatMap(({ email_key }) =>
      suppressionHashes(keys, email_key).map((hash) => [hash.toString('hex'), email_key]),
    ),
  )
  if (keyOf.size === 0) return new Set()
  const { rows } = await sql<{ address_hash: Buffer }>`
    select address_hash from suppression
    where address_hash = any (array(select decode(hash, 'hex') from unnest(${[...keyOf.keys()]}::text[]) as hash))`.execute(
    tx,
  )
  return new Set(rows.flatMap(({ address_hash }) => keyOf.get(address_hash.toString('hex')) ?? []))
}

async function removeFromList(
  tx: Tx,
  { listId }: What<'remove-from-list'>,
  { ids, now }: Slice,
): Promise<Change[]> {
  const left = await tx
    .updateTable('subscription')
    .set({
      status: 'unsubscribed',
      unsubscribed_at: now,
      unsubscribe_channel: 'admin',
      unsubscribe_issue_id: null,
    })
    .where('list_id', '=', listId)
    .where('subscriber_id', 'in', [...ids])
    .where('status', 'in', statesBefore('leave'))
    .returning('subscriber_id')
    .execute()
  await recordAll(
    tx,
    left.map((one) => one.subscriber_id),
    { listId, kind: 'withdrawn', channel: 'admin', note: null, now },
  )
  return left.map(({ subscriber_id: subscriberId }) => ({ subscriberId, before: {} }))
}

async function setField(tx: Tx, { key, value }: What<'set-field'>, { ids }: Slice): Promise<Change[]> {
  const { rows } = await sql<{ id: string; old: string | null }>`
    update subscriber p set fields = case when ${value}::text = '' then p.fields - ${key}::text
      else p.fields || jsonb_build_object(${key}::text, ${value}::text) end
    from (
      select id, fields ->> ${key} as old from subscriber
      where id = any(${ids}::uuid[]) and coalesce(fields ->> ${key}, '') <> ${value} for update
    ) before where before.id = p.id
    returning p.id, before.old`.execute(tx)
  return rows.map(({ id, old }) => ({ subscriberId: id, before: { value: old ?? '' } }))
}

async function suppress(tx: Tx, { note }: What<'suppress'>, { ids, now }: Slice): Promise<Change[]> {
  const people = await tx
    .selectFrom('subscriber')
    .select(['id', 'email_key'])
    .where('id', 'in', [...ids])
    .execute()
  if (people.length === 0) return []
  const personOf = new Map(people.map(({ id, email_key }) => [email_key, id]))
  const rows = people.map(({ email_key }) => ({
    id: newId(now),
    email_key,
    reason: 'manual' as const,
    note,
    created_at: now,
  }))
  const made = await tx
    .insertInto('suppression')
    .values(rows)
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .returning(['id', 'email_key'])
    .execute()
  return made.flatMap(({ id, email_key }) => {
    const subscriberId = personOf.get(email_key ?? '')
    return subscriberId ? [{ subscriberId, before: { suppressionId: id } }] : []
  })
}

type Evidence = {
  listId: string
  kind: 'added' | 'withdrawn' | 'add-undone'
  channel: string
  note: string | null
  now: Date
}

/** Appends the same evidence for many people. */
export async function recordAll(
  tx: Tx,
  subscriberIds: readonly string[],
  { listId, now, ...evidence }: Evidence,
): Promise<void> {
  if (subscriberIds.length === 0) return
  const rows = subscriberIds.map((subscriber_id) => ({
    ...evidence,
    id: newId(now),
    subscriber_id,
    list_id: listId,
    issue_id: null,
    consent_text: null,
    language: null,
    message_id: null,
    occurred_at: now,
  }))
  await tx.insertInto('consent_event').values(rows).execute()
}

import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { Subscriber } from '../../db/tables/subscriber.js'
import type { Suppression } from '../../db/tables/suppression.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { ConflictError, InvalidError, NotFoundError } from '../errors.js'
import { allowMerging } from './allow-erasing.js'
import { giveUpAddress } from './former-addresses.js'
import { strengthening } from './stronger-suppression.js'
import { filledFields } from './subscriber-fields.js'

/** Mails whose link proves that somebody reads the mailbox. */
const PROVING = ['download', 'erase', 'address']

/** Two records of one person: which of them stays, and whose values for what both say differently. */
export type Merging = {
  keptId: string
  goneId: string
  /** Keys of fields, or `language` and `time_zone`, that are taken from the record that goes. */
  takeFromGone: readonly string[]
  by: string | null
}

/**
 * Makes one record of two: subscriptions, consents, deliveries and notes move to the one that stays, which keeps its address. The
 * strictest standing wins: who has left a list has left it, and who must not be mailed at one address gets no mail at the other. Links in
 * mails to the record that goes work on. Throws `NotFoundError`, `InvalidError` for one record with itself, and `ConflictError` while
 * the record that goes is in an issue on its way, or one to a list of either is finding its readers.
 */
export async function mergeSubscribers(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  merging: Merging,
): Promise<void> {
  const { keptId, goneId, by } = merging
  if (keptId === goneId) throw new InvalidError({ with: 'This is the same record.' })
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    const [kept, gone] = await lockBoth(tx, merging)
    await refuseOnTheWay(tx, merging)
    await mergeValues(tx, { kept, gone, takeFromGone: merging.takeFromGone })
    const lists = await moveSubscriptions(tx, merging)
    const mails = await moveDeliveries(tx, merging)
    await moveRest(tx, merging, now)
    await copySuppression(tx, { kept, gone, now })
    await tx.deleteFrom('subscriber').where('id', '=', goneId).execute()
    await giveUpAddress(tx, gone, { subscriberId: keptId, now })
    await tx
      .insertInto('merged_subscriber')
      .values({ gone_id: goneId, kept_id: keptId, merged_at: now })
      .execute()
    await tx
      .insertInto('audit_entry')
      .values({
        id: newId(now),
        account_id: by,
        action: 'merge-subscribers',
        subject_ids: [keptId, goneId],
        // No address: what is noted here outlives an erasure.
        detail: `Took over another record with ${lists} subscriptions and ${mails} deliveries.`,
        occurred_at: now,
      })
      .execute()
  })
}

async function lockBoth(tx: Tx, { keptId, goneId }: Merging): Promise<[Subscriber, Subscriber]> {
  const rows = await tx
    .selectFrom('subscriber')
    .selectAll()
    .where('id', 'in', [keptId, goneId])
    .orderBy('id')
    .forUpdate()
    .execute()
  const [kept, gone] = [keptId, goneId].map((id) => rows.find((row) => row.id === id))
  if (!kept || !gone) throw new NotFoundError('One of these records is gone.')
  return [kept, gone]
}

// A batch finds its readers by their ids.
async function refuseOnTheWay(tx: Tx, { keptId, goneId }: Merging): Promise<void> {
  // Locked, so that no scheduled issue begins to find its readers before this is done.
  const { rows: unfinished } = await sql<{ status: string }>`
    select i.status from issue i
    where i.status in ('scheduled', 'sending', 'paused') and i.fanned_out_at is null and exists (
      select from issue_list il join subscription s on s.list_id = il.list_id
      where il.issue_id = i.id and s.subscriber_id in (${keptId}, ${goneId}))
    order by i.id for share of i`.execute(tx)
  if (unfinished.some(({ status }) => status !== 'scheduled'))
    throw new ConflictError(
      'An issue to one of their lists is still finding its readers. Merge them in a few minutes.',
    )
  const { rows } = await sql`
    select from issue i join delivery d on d.issue_id = i.id and d.month = i.ledger_month
    where i.status in ('sending', 'paused') and d.subscriber_id = ${goneId} limit 1`.execute(tx)
  if (rows.length > 0)
    throw new ConflictError('An issue is on its way to one of them. Merge them when it has been sent.')
}

type Both = { kept: Subscriber; gone: Subscriber }

async function mergeValues(
  tx: Tx,
  { kept, gone, takeFromGone }: Both & { takeFromGone: readonly string[] },
): Promise<void> {
  const takes = new Set(takeFromGone)
  const taken = Object.entries(gone.fields).filter(([key]) => takes.has(key) || !kept.fields[key])
  const one = <T>(name: string, a: T | null, b: T | null) => (takes.has(name) ? (b ?? a) : (a ?? b))
  const consents = [kept.tracking_consent, gone.tracking_consent]
  await tx
    .updateTable('subscriber')
    .set({
      fields: JSON.stringify(filledFields({ ...kept.fields, ...Object.fromEntries(taken) })),
      language: one('language', kept.language, gone.language),
      time_zone: one('time_zone', kept.time_zone, gone.time_zone),
      snoozed_until: latest(kept.snoozed_until, gone.snoozed_until),
      links_since: latest(kept.links_since, gone.links_since),
      // Nobody is tracked who has said no once.
      tracking_consent: consents.includes(false) ? false : consents.includes(null) ? null : true,
      created_at: kept.created_at < gone.created_at ? kept.created_at : gone.created_at,
    })
    .where('id', '=', kept.id)
    .execute()
}

function latest(one: Date | null, other: Date | null): Date | null {
  return one && other ? (one > other ? one : other) : (one ?? other)
}

/** On a list of both: left where either has left, else as the record that stays had it, whose mailbox it is. */
async function moveSubscriptions(tx: Tx, { keptId, goneId }: Merging): Promise<number> {
  await sql`
    update subscription kept set status = 'unsubscribed', unsubscribed_at = gone.unsubscribed_at,
      unsubscribe_channel = gone.unsubscribe_channel, unsubscribe_issue_id = gone.unsubscribe_issue_id
    from subscription gone
    where kept.subscriber_id = ${keptId} and gone.subscriber_id = ${goneId} and kept.list_id = gone.list_id
      and kept.status <> 'unsubscribed' and gone.status = 'unsubscribed'`.execute(tx)
  const moved = await sql`
    update subscription gone set subscriber_id = ${keptId} where gone.subscriber_id = ${goneId} and not exists (
      select from subscription kept where kept.subscriber_id = ${keptId} and kept.list_id = gone.list_id)`.execute(
    tx,
  )
  return Number(moved.numAffectedRows ?? 0)
}

// Of an issue that both got, the delivery of the record that stays is kept; the other goes with its record.
async function moveDeliveries(tx: Tx, { keptId, goneId }: Merging): Promise<number> {
  const moved = await sql`
    update delivery d set subscriber_id = ${keptId} from issue i
    where i.id = d.issue_id and i.ledger_month = d.month and d.subscriber_id = ${goneId} and not exists (
      select from delivery kept where kept.issue_id = d.issue_id and kept.month = d.month and kept.subscriber_id = ${keptId})`.execute(
    tx,
  )
  return Number(moved.numAffectedRows ?? 0)
}

async function moveRest(tx: Tx, { keptId, goneId }: Merging, now: Date): Promise<void> {
  const to = { subscriber_id: keptId }
  await allowMerging(tx)
  await tx.updateTable('consent_event').set(to).where('subscriber_id', '=', goneId).execute()
  await tx.updateTable('former_address').set(to).where('subscriber_id', '=', goneId).execute()
  await tx.updateTable('subscriber_note').set(to).where('subscriber_id', '=', goneId).execute()
  // What is pressed in one mailbox proves nothing about the other.
  await sql`
    update confirmation set subscriber_id = ${keptId},
      expires_at = case when used_at is null then least(expires_at, ${now}::timestamptz) else expires_at end
    where subscriber_id = ${goneId}`.execute(tx)
  await sql`
    update subscriber_mail set subscriber_id = ${keptId},
      expires_at = case when used_at is null and kind = any(${PROVING}::text[]) then least(expires_at, ${now}::timestamptz) else expires_at end
    where subscriber_id = ${goneId}`.execute(tx)
  await sql`
    update leave_reason gone set subscriber_id = ${keptId} where gone.subscriber_id = ${goneId} and not exists (
      select from leave_reason kept where kept.subscriber_id = ${keptId} and kept.issue_id = gone.issue_id)`.execute(
    tx,
  )
  await tx.updateTable('merged_subscriber').set({ kept_id: keptId }).where('kept_id', '=', goneId).execute()
}

/** Whether a suppression is about the person and not about one mailbox, which the other address is not. */
export function concernsPerson({ email_key, reason }: Pick<Suppression, 'email_key' | 'reason'>): boolean {
  return email_key !== null && reason !== 'hard-bounce'
}

async function copySuppression(tx: Tx, { kept, gone, now }: Both & { now: Date }): Promise<void> {
  const found = await tx
    .selectFrom('suppression')
    .select(['email_key', 'reason', 'note'])
    .where('email_key', '=', gone.email_key)
    .executeTakeFirst()
  if (!found || !concernsPerson(found)) return
  await tx
    .insertInto('suppression')
    .values({ ...found, id: newId(now), email_key: kept.email_key, created_at: now })
    .modifyEnd(sql.raw(strengthening('email_key')))
    .execute()
}

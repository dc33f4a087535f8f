import { sql } from 'kysely'
import type { Confirmation } from '../../db/tables/confirmation.js'
import type { Context } from '../context.js'
import { listNameAt } from './list-name-at.js'
import { type SubscriberRecord, subscriberRecord } from './subscriber-record.js'

/** One step of how somebody came to be written to, or ceased to be. */
export type EvidenceStep =
  | { at: Date; step: 'event'; event: SubscriberRecord['events'][number] }
  | { at: Date; step: 'mail' | 'reminder' | 'expired'; confirmation: Confirmation; lists: string[] }

/** Everything that proves what somebody agreed to and withdrew, the oldest first, with the mails in between. Throws `NotFoundError`. */
export async function consentEvidence(
  ctx: Pick<Context, 'db' | 'clock' | 'keys'>,
  subscriberId: string,
): Promise<SubscriberRecord & { steps: EvidenceStep[] }> {
  const record = await subscriberRecord(ctx, subscriberId)
  const [confirmations, named] = await Promise.all([
    ctx.db.selectFrom('confirmation').selectAll().where('subscriber_id', '=', subscriberId).execute(),
    namesInMails(ctx.db, subscriberId),
  ])
  const now = ctx.clock.now()
  const steps: EvidenceStep[] = [
    ...record.events.map((event) => ({ at: event.occurred_at, step: 'event' as const, event })).reverse(),
    ...confirmations.flatMap((confirmation) =>
      stepsOf(confirmation, { lists: named.get(confirmation.id) ?? [], now }),
    ),
  ]
  return { ...record, steps: steps.sort((a, b) => a.at.getTime() - b.at.getTime()) }
}

/** The lists of each confirmation by the names that its mail said. */
async function namesInMails(db: Context['db'], subscriberId: string): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; lists: string[] }>`
    select c.id, array_agg(${listNameAt('asked.list_id', 'c.created_at')} order by asked.place) as lists
    from confirmation c cross join lateral unnest(c.list_ids) with ordinality as asked (list_id, place)
    where c.subscriber_id = ${subscriberId} group by c.id`.execute(db)
  return new Map(rows.map(({ id, lists }) => [id, lists]))
}

function stepsOf(confirmation: Confirmation, { lists, now }: { lists: string[]; now: Date }): EvidenceStep[] {
  const { sent_at, reminded_at, used_at, expires_at } = confirmation
  const about = { confirmation, lists }
  return [
    ...(sent_at ? [{ ...about, step: 'mail' as const, at: sent_at }] : []),
    ...(reminded_at ? [{ ...about, step: 'reminder' as const, at: reminded_at }] : []),
    ...(!used_at && expires_at <= now ? [{ ...about, step: 'expired' as const, at: expires_at }] : []),
  ]
}

import { sql } from 'kysely'
import type { AuditEntry } from '../../db/tables/audit-entry.js'
import type { BulkWhat } from '../audience/bulk/bulk-act.js'
import { BulkWhat as BulkWhatSchema } from '../audience/bulk/bulk-act.js'
import { type SubscriberNoteWithAuthor, subscriberNotes } from '../audience/subscriber-notes.js'
import { subscriberRecord } from '../audience/subscriber-record.js'
import type { Context } from '../context.js'
import { findDeliveries } from './find-deliveries.js'

type Consent = Awaited<ReturnType<typeof subscriberRecord>>['events'][number]
type Delivered = Awaited<ReturnType<typeof findDeliveries>>[number]

/** One thing that happened with a subscriber. */
export type TimelineEntry = { at: Date } & (
  | { kind: 'known' }
  | { kind: 'consent'; consent: Consent }
  | { kind: 'delivery'; delivery: Delivered }
  | { kind: 'bounce' | 'complaint'; delivery: Delivered }
  | { kind: 'audit'; entry: AuditEntry & { by: string | null } }
  | { kind: 'bulk'; actId: string; what: BulkWhat }
  | { kind: 'note'; note: SubscriberNoteWithAuthor }
)

/** How much of it a page shows. */
export const TIMELINE_SHOWN = 200
// One more of each kind tells that something is left out.
const MOST_OF_A_KIND = TIMELINE_SHOWN + 1

/**
 * What happened with a subscriber, the latest first: consents, mails and what became of them, notes, what colleagues
 * did; where it is longer than a page shows, at least one entry more than that. Throws `NotFoundError`.
 */
export async function subscriberTimeline(
  ctx: Pick<Context, 'db' | 'keys'>,
  subscriberId: string,
): Promise<TimelineEntry[]> {
  const { subscriber, events } = await subscriberRecord(ctx, subscriberId)
  const [deliveries, notes, audits, acts] = await Promise.all([
    findDeliveries(ctx, { subscriberId, most: MOST_OF_A_KIND }),
    subscriberNotes(ctx, subscriberId),
    auditsOf(ctx, subscriberId),
    actsOn(ctx, subscriberId),
  ])
  const entries: TimelineEntry[] = [
    { at: subscriber.created_at, kind: 'known' },
    ...events.map((consent) => ({ at: consent.occurred_at, kind: 'consent' as const, consent })),
    ...deliveries.flatMap(deliveryEntries),
    ...audits.map((entry) => ({ at: entry.occurred_at, kind: 'audit' as const, entry })),
    ...acts.map(({ id, what, created_at }) => ({
      at: created_at,
      kind: 'bulk' as const,
      actId: id,
      what: BulkWhatSchema.parse(what),
    })),
    ...notes.map((note) => ({ at: note.written_at, kind: 'note' as const, note })),
  ]
  return entries.sort((a, b) => b.at.getTime() - a.at.getTime())
}

function deliveryEntries(delivery: Delivered): TimelineEntry[] {
  const { finished_at: at, bounced_at: bouncedAt, complained_at: complainedAt } = delivery
  return [
    ...(at ? [{ at, kind: 'delivery' as const, delivery }] : []),
    ...(bouncedAt ? [{ at: bouncedAt, kind: 'bounce' as const, delivery }] : []),
    ...(complainedAt ? [{ at: complainedAt, kind: 'complaint' as const, delivery }] : []),
  ]
}

function auditsOf({ db }: Pick<Context, 'db'>, subscriberId: string) {
  return db
    .selectFrom('audit_entry')
    .leftJoin('account', 'account.id', 'audit_entry.account_id')
    .selectAll('audit_entry')
    .select('account.name as by')
    .where(sql<boolean>`subject_ids @> ${[subscriberId]}::uuid[]`)
    .orderBy('occurred_at', 'desc')
    .limit(MOST_OF_A_KIND)
    .execute()
}

function actsOn({ db }: Pick<Context, 'db'>, subscriberId: string) {
  return db
    .selectFrom('bulk_change')
    .innerJoin('bulk_act', 'bulk_act.id', 'bulk_change.act_id')
    .select(['bulk_act.id', 'bulk_act.what', 'bulk_act.created_at'])
    .where('subscriber_id', '=', subscriberId)
    .execute()
}

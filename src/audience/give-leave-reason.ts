import type { LeaveReason } from '../../db/tables/leave-reason.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { presentSubscriberId } from './present-subscriber.js'
import type { DeliveryIds } from './tokens.js'

/** What people may answer when asked why they left. */
export const LEAVE_REASONS = [
  'too-many',
  'not-relevant',
  'never-asked',
  'elsewhere',
  'other',
] as const satisfies readonly LeaveReason['reason'][]

const NOTE_MAX = 1000

/** Keeps why somebody left after an issue; a second answer replaces the first. Addresses in their words are not kept: the answer outlives the person. */
export async function giveLeaveReason(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, reason, note, ...ids }: DeliveryIds & Pick<LeaveReason, 'reason' | 'note'>,
): Promise<void> {
  const now = clock.now()
  const subscriberId = await presentSubscriberId(db, ids.subscriberId)
  const known = await db
    .selectFrom('subscriber')
    .select('id')
    .where('id', '=', subscriberId)
    .executeTakeFirst()
  if (!known) return
  const kept = { reason, note: withoutAddresses(note).slice(0, NOTE_MAX), created_at: now }
  await db
    .insertInto('leave_reason')
    .values({ id: newId(now), subscriber_id: subscriberId, issue_id: issueId, ...kept })
    .onConflict((conflict) => conflict.columns(['subscriber_id', 'issue_id']).doUpdateSet(kept))
    .execute()
}

function withoutAddresses(text: string): string {
  return text.trim().replace(/[^\s@]+@[^\s@]+/g, '…@…')
}

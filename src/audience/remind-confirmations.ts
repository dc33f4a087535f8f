import { sql } from 'kysely'
import type { Context } from '../context.js'
import { remindConfirmationJob } from './remind-confirmation-job.js'
import { sendConfirmationJob } from './send-confirmation-job.js'

const FORGOTTEN_AFTER_MINUTES = 2
/** After so long without an answer people are reminded, once. */
const REMINDER_AFTER_HOURS = 24
const MOST_AT_ONCE = 500

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>

/**
 * Enqueues again the confirmations whose job a crash or a flushed queue forgot, and the one reminder of those that nobody has answered;
 * returns how many.
 */
export async function remindConfirmations(ctx: Needs): Promise<number> {
  const [forgotten, unanswered] = [await forgottenIds(ctx), await unansweredIds(ctx)]
  for (const id of forgotten) await ctx.queues.enqueue(sendConfirmationJob, { confirmationId: id })
  for (const id of unanswered) await ctx.queues.enqueue(remindConfirmationJob, { confirmationId: id })
  return forgotten.length + unanswered.length
}

async function forgottenIds({ db, clock }: Needs): Promise<string[]> {
  const now = clock.now()
  const rows = await db
    .selectFrom('confirmation')
    .select('id')
    .where('sent_at', 'is', null)
    .where('with_id', 'is', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .where('created_at', '<', new Date(now.getTime() - FORGOTTEN_AFTER_MINUTES * 60_000))
    .orderBy('created_at')
    .limit(MOST_AT_ONCE)
    .execute()
  return rows.map(({ id }) => id)
}

// Only the latest request of a person counts, and only while one of its lists still waits for them.
async function unansweredIds({ db, clock }: Needs): Promise<string[]> {
  const now = clock.now()
  const rows = await db
    .selectFrom('confirmation as asked')
    .select('asked.id')
    .where('asked.used_at', 'is', null)
    .where('asked.reminded_at', 'is', null)
    .where('asked.expires_at', '>', now)
    .where('asked.sent_at', '<=', new Date(now.getTime() - REMINDER_AFTER_HOURS * 3_600_000))
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('confirmation as later')
            .select('later.id')
            .whereRef('later.subscriber_id', '=', 'asked.subscriber_id')
            .whereRef('later.created_at', '>', 'asked.created_at')
            .where('later.with_id', 'is', null),
        ),
      ),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('subscription')
          .select('subscription.list_id')
          .whereRef('subscription.subscriber_id', '=', 'asked.subscriber_id')
          .where('subscription.status', '=', 'pending')
          .where(sql<boolean>`subscription.list_id = any(asked.list_ids)`),
      ),
    )
    .orderBy('asked.sent_at')
    .limit(MOST_AT_ONCE)
    .execute()
  return rows.map(({ id }) => id)
}

import type { Context } from '../context.js'
import { sendConfirmationJob } from './send-confirmation-job.js'

const FORGOTTEN_AFTER_MINUTES = 2
const MOST_AT_ONCE = 500

/** Enqueues again the confirmations whose job a crash or a flushed queue forgot; returns how many. */
export async function remindConfirmations({
  db,
  clock,
  queues,
}: Pick<Context, 'db' | 'clock' | 'queues'>): Promise<number> {
  const now = clock.now()
  const forgotten = await db
    .selectFrom('confirmation')
    .select('id')
    .where('sent_at', 'is', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .where('created_at', '<', new Date(now.getTime() - FORGOTTEN_AFTER_MINUTES * 60_000))
    .orderBy('created_at')
    .limit(MOST_AT_ONCE)
    .execute()
  for (const { id } of forgotten) await queues.enqueue(sendConfirmationJob, { confirmationId: id })
  return forgotten.length
}

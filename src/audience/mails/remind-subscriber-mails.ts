import type { Context } from '../../context.js'
import { sendSubscriberMailJob } from './send-subscriber-mail-job.js'

const FORGOTTEN_AFTER_MINUTES = 2
const MOST_AT_ONCE = 500

/** Enqueues again the mails whose job a crash or a flushed queue forgot; returns how many. */
export async function remindSubscriberMails({
  db,
  clock,
  queues,
}: Pick<Context, 'db' | 'clock' | 'queues'>): Promise<number> {
  const now = clock.now()
  const forgotten = await db
    .selectFrom('subscriber_mail')
    .select('id')
    .where('sent_at', 'is', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .where('created_at', '<', new Date(now.getTime() - FORGOTTEN_AFTER_MINUTES * 60_000))
    .orderBy('created_at')
    .limit(MOST_AT_ONCE)
    .execute()
  for (const { id } of forgotten) await queues.enqueue(sendSubscriberMailJob, { mailId: id })
  return forgotten.length
}

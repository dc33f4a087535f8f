import type { Context } from '../context.js'
import { takeSignUpJob } from './take-sign-up-job.js'

const FORGOTTEN_AFTER_MINUTES = 2
const MOST_AT_ONCE = 500

/** Enqueues again the sign-ups whose job a crash or a flushed queue forgot; returns how many. */
export async function remindSignUps({
  db,
  clock,
  queues,
}: Pick<Context, 'db' | 'clock' | 'queues'>): Promise<number> {
  const forgotten = await db
    .selectFrom('sign_up')
    .select('id')
    .where('created_at', '<', new Date(clock.now().getTime() - FORGOTTEN_AFTER_MINUTES * 60_000))
    .orderBy('created_at')
    .limit(MOST_AT_ONCE)
    .execute()
  for (const { id } of forgotten) await queues.enqueue(takeSignUpJob, { signUpId: id })
  return forgotten.length
}

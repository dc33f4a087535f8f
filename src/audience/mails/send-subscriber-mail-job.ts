import { z } from 'zod'
import type { Job } from '../../queues/job.js'

/** Mails one person a short word about their own affairs. */
export const sendSubscriberMailJob: Job<{ mailId: string }> = {
  queue: 'mail',
  name: 'send-subscriber-mail',
  payload: z.object({ mailId: z.uuid() }),
  id: ({ mailId }) => `send-subscriber-mail-${mailId}`,
  attempts: 6,
  backoffMs: 30_000,
}

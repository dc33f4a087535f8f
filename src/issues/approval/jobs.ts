import { z } from 'zod'
import type { Job } from '../../queues/job.js'

/** Tells one colleague of one word in an approval. */
export const approvalMailJob: Job<{ approvalId: string; accountId: string }> = {
  queue: 'mail',
  name: 'send-approval-mail',
  payload: z.object({ approvalId: z.uuid(), accountId: z.uuid() }),
  id: ({ approvalId, accountId }) => `approval-${approvalId}-${accountId}`,
  attempts: 6,
  backoffMs: 30_000,
}

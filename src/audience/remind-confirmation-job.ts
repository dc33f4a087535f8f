import { z } from 'zod'
import type { Job } from '../queues/job.js'

/** Mails the one reminder of a sign-up that nobody has confirmed. */
export const remindConfirmationJob: Job<{ confirmationId: string }> = {
  queue: 'mail',
  name: 'remind-confirmation',
  payload: z.object({ confirmationId: z.uuid() }),
  id: ({ confirmationId }) => `remind-confirmation-${confirmationId}`,
  attempts: 1,
  backoffMs: 30_000,
}

import { z } from 'zod'
import type { Job } from '../queues/job.js'

export type SendConfirmationPayload = { confirmationId: string }

/** Mails the link that confirms one sign-up. */
export const sendConfirmationJob: Job<SendConfirmationPayload> = {
  queue: 'mail',
  name: 'send-confirmation',
  payload: z.object({ confirmationId: z.uuid() }),
  id: ({ confirmationId }) => `send-confirmation-${confirmationId}`,
  attempts: 6,
  backoffMs: 30_000,
}

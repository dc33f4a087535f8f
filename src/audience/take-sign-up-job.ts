import { z } from 'zod'
import type { Job } from '../queues/job.js'

export type TakeSignUpPayload = { signUpId: string }

/** Does what one kept sign-up asks for. */
export const takeSignUpJob: Job<TakeSignUpPayload> = {
  queue: 'mail',
  name: 'take-sign-up',
  payload: z.object({ signUpId: z.uuid() }),
  id: ({ signUpId }) => `take-sign-up-${signUpId}`,
  attempts: 6,
  backoffMs: 10_000,
}

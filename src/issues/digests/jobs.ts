import { z } from 'zod'
import type { Job } from '../../queues/job.js'

/** Twice a minute: digests that are due are made. */
export const makeDigestsJob: Job<Record<string, never>> = {
  queue: 'clock',
  name: 'make-digests',
  payload: z.object({}),
  id: () => 'make-digests',
  attempts: 1,
  backoffMs: 1000,
}

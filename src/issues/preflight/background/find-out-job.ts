import { z } from 'zod'
import type { Job } from '../../../queues/job.js'

/** Whatever the checks of an issue need from elsewhere, or that takes long. */
export const findOutJob: Job<{ issueId: string }> = {
  queue: 'feeds',
  name: 'find-out',
  payload: z.object({ issueId: z.uuid() }),
  id: ({ issueId }) => `find-out-${issueId}`,
  // The composer asks again for as long as something is missing.
  attempts: 1,
  backoffMs: 1000,
}

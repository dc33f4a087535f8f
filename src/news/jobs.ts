import { z } from 'zod'
import type { Job } from '../queues/job.js'

/** Every quarter of an hour: feeds that are due are asked for their news. */
export const checkFeedsJob: Job<Record<string, never>> = {
  queue: 'clock',
  name: 'check-feeds',
  payload: z.object({}),
  id: () => 'check-feeds',
  attempts: 1,
  backoffMs: 1000,
}

export const checkFeedJob: Job<{ feedId: string }> = {
  queue: 'feeds',
  name: 'check-feed',
  payload: z.object({ feedId: z.uuid() }),
  id: ({ feedId }) => `feed-${feedId}`,
  // The row itself says when it is tried again.
  attempts: 1,
  backoffMs: 1000,
}

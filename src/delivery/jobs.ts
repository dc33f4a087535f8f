import { z } from 'zod'
import type { Job } from '../queues/job.js'

const nothing = z.object({})

/** Every few seconds: due issues start. */
export const releaseIssuesJob: Job<Record<string, never>> = {
  queue: 'clock',
  name: 'release-issues',
  payload: nothing,
  id: () => 'release-issues',
  attempts: 1,
  backoffMs: 1000,
}

/** Several times a minute: what a crash or a lost job forgot is taken up again. */
export const sweepJob: Job<Record<string, never>> = { ...releaseIssuesJob, name: 'sweep', id: () => 'sweep' }

/** Each day: what has been kept long enough goes. Its name is older than most of that. */
export const purgeJob: Job<Record<string, never>> = {
  ...releaseIssuesJob,
  name: 'drop-old-ledger',
  id: () => 'drop-old-ledger',
}

export const fanOutIssueJob: Job<{ issueId: string }> = {
  queue: 'delivery',
  name: 'fan-out-issue',
  payload: z.object({ issueId: z.uuid() }),
  id: ({ issueId }) => `fan-out-${issueId}`,
  attempts: 5,
  backoffMs: 5000,
}

export const sendIssueJob: Job<{ issueId: string; lane: number; turn: number }> = {
  queue: 'delivery',
  name: 'send-issue',
  payload: z.object({ issueId: z.uuid(), lane: z.int().nonnegative(), turn: z.int().min(0).max(1) }),
  id: ({ issueId, lane, turn }) => `send-${issueId}-${lane}-${turn}`,
  attempts: 5,
  backoffMs: 2000,
}

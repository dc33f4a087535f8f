import type { Context } from '../src/context.js'
import { dropOldLedgerJob, releaseIssuesJob, sweepJob } from '../src/delivery/jobs.js'

const SECOND_MS = 1000
const DAY_MS = 24 * 3600 * SECOND_MS

/** Everything periodic. */
export async function keepSchedule({ queues }: Pick<Context, 'queues'>): Promise<void> {
  await queues.keepScheduled(releaseIssuesJob, {}, 2 * SECOND_MS)
  await queues.keepScheduled(sweepJob, {}, 15 * SECOND_MS)
  await queues.keepScheduled(dropOldLedgerJob, {}, DAY_MS)
}

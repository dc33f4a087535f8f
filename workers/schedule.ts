import type { Context } from '../src/context.js'
import { releaseIssuesJob, sweepJob } from '../src/delivery/jobs.js'

const MINUTE_MS = 60_000

/** Everything periodic. */
export async function keepSchedule({ queues }: Pick<Context, 'queues'>): Promise<void> {
  await queues.keepScheduled(releaseIssuesJob, {}, MINUTE_MS)
  await queues.keepScheduled(sweepJob, {}, MINUTE_MS)
}

import type { Context } from '../src/context.js'
import { purgeJob, releaseIssuesJob, sweepJob } from '../src/delivery/jobs.js'
import { makeDigestsJob } from '../src/issues/digests/jobs.js'
import { checkFeedsJob } from '../src/news/jobs.js'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const DAY_MS = 24 * 60 * MINUTE_MS

/** Everything periodic. */
export async function keepSchedule({ queues }: Pick<Context, 'queues'>): Promise<void> {
  await queues.keepScheduled(releaseIssuesJob, {}, 2 * SECOND_MS)
  await queues.keepScheduled(sweepJob, {}, 15 * SECOND_MS)
  await queues.keepScheduled(makeDigestsJob, {}, 30 * SECOND_MS)
  await queues.keepScheduled(purgeJob, {}, DAY_MS)
  await queues.keepScheduled(checkFeedsJob, {}, 15 * MINUTE_MS)
}

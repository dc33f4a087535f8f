import type { Issue } from '../../db/tables/issue.js'
import type { TransportError } from '../../db/tables/transport-error.js'
import type { Context } from '../context.js'
import { type CanaryState, canaryState } from '../delivery/canary-state.js'
import { type Progress, progress } from '../delivery/progress.js'
import { type Standstill, whyStill } from '../delivery/standstill.js'
import type { QueueCounts } from '../queues/job.js'

export type IssueInFlight = Pick<
  Issue,
  'id' | 'title' | 'status' | 'send_at' | 'own_time' | 'finished_at' | 'rate_per_hour'
> & {
  counts: Progress
  standstill: Standstill | null
  canary: CanaryState | null
}

export type OperationsOverview = {
  issues: IssueInFlight[]
  queues: QueueCounts[]
  /** Which back end holds the queues. */
  backend: 'postgres' | 'redis'
  /** Processes that work on every queue. */
  workers: number
  errors: TransportError[]
}

const DAY_MS = 24 * 3_600_000
const ERRORS_SHOWN = 20

/** What an operator sees first: issues in flight and those of the last day, the queues, the workers, our own trouble with SMTP. */
export async function operationsOverview({
  db,
  clock,
  queues,
}: Pick<Context, 'db' | 'clock' | 'queues'>): Promise<OperationsOverview> {
  const [moving, counts, errors] = await Promise.all([
    db
      .selectFrom('issue')
      .select(['id', 'title', 'status', 'send_at', 'own_time', 'finished_at', 'rate_per_hour'])
      .where((eb) =>
        eb.or([
          eb('status', 'in', ['scheduled', 'sending', 'paused']),
          eb('finished_at', '>', new Date(clock.now().getTime() - DAY_MS)),
        ]),
      )
      .orderBy('send_at', 'desc')
      .orderBy('id')
      .execute(),
    queues.counts(),
    db.selectFrom('transport_error').selectAll().orderBy('occurred_at', 'desc').limit(ERRORS_SHOWN).execute(),
  ])
  const issues = await Promise.all(
    moving.map(async (issue) => {
      const counts = await progress(db, issue.id)
      const [standstill, canary] = await Promise.all([
        whyStill({ db, clock }, issue.id, counts),
        canaryState({ db }, issue.id),
      ])
      return { ...issue, counts, standstill, canary }
    }),
  )
  const workers = counts.length === 0 ? 0 : Math.min(...counts.map((queue) => queue.workers))
  return { issues, queues: counts, backend: queues.backend, workers, errors }
}

import type { Issue } from '../../../db/tables/issue.js'
import type { Context } from '../../context.js'
import { type Progress, progress } from '../progress.js'
import { type ListOutcomes, outcomesByList } from './outcomes-by-list.js'
import { outcomesByProvider, type ProviderOutcomes } from './outcomes-by-provider.js'
import { outcomesOverTime, type Pace } from './outcomes-over-time.js'

/** The counts of an issue that take a look at each of its deliveries. */
export type ReportCounts = { providers: ProviderOutcomes[]; lists: ListOutcomes[]; pace: Pace | null }

export type IssueReport = ReportCounts & {
  /** When these were counted; the sums of the tally are of now. */
  countedAt: Date
  /** How many left a list by a link of this issue. */
  left: number
}

type Needs = Pick<Context, 'db' | 'clock'>

/** While an issue is moving, its deliveries are counted anew after this time at the earliest. */
const MOVING_MS = 60_000
/** Above this many, an issue that is moving is not looked through at all: its readers come first. */
const MOST_WHILE_MOVING = 50_000
const NOT_COUNTED: ReportCounts = { providers: [], lists: [], pace: null }

/**
 * How an issue went: at each provider, on each list, over time. A million deliveries take a second to count, so what was counted is kept
 * and holds until the tally says otherwise. Null before the issue has begun to leave.
 */
export async function issueReport(
  ctx: Needs,
  issue: Pick<Issue, 'id' | 'status' | 'ledger_month'>,
  counted: Progress | null = null,
): Promise<IssueReport | null> {
  const { id: issueId, ledger_month: month } = issue
  if (!month) return null
  const now = ctx.clock.now()
  const counts = counted ?? (await progress(ctx.db, issueId))
  const tally = fingerprint(counts)
  const [kept, left] = await Promise.all([keptReport(ctx, issueId), leftThrough(ctx, issueId)])
  const isMoving = issue.status === 'sending' || issue.status === 'paused'
  const age = kept ? now.getTime() - kept.counted_at.getTime() : Number.POSITIVE_INFINITY
  if (kept && (kept.tally === tally || (isMoving && age < MOVING_MS)))
    return { ...(kept.counts as ReportCounts), countedAt: kept.counted_at, left }
  if (isMoving && counts.total > MOST_WHILE_MOVING) return { ...NOT_COUNTED, countedAt: now, left }
  return { ...(await countAnew(ctx, { issueId, month, tally, now })), countedAt: now, left }
}

type Count = { issueId: string; month: string; tally: string; now: Date }

async function countAnew(ctx: Needs, { issueId, month, tally, now }: Count): Promise<ReportCounts> {
  const [providers, lists, pace] = await Promise.all([
    outcomesByProvider(ctx.db, { issueId, month }),
    outcomesByList(ctx.db, { issueId, month }),
    outcomesOverTime(ctx.db, { issueId, month }),
  ])
  const counts = { providers, lists, pace }
  await keepReport(ctx, { issue_id: issueId, tally, counted_at: now, counts: JSON.stringify(counts) })
  return counts
}

function keptReport({ db }: Needs, issueId: string) {
  return db.selectFrom('report').selectAll().where('issue_id', '=', issueId).executeTakeFirst()
}

type Kept = { issue_id: string; tally: string; counted_at: Date; counts: string }

async function keepReport({ db }: Needs, { issue_id, ...rest }: Kept): Promise<void> {
  await db
    .insertInto('report')
    .values({ issue_id, ...rest })
    .onConflict((conflict) => conflict.column('issue_id').doUpdateSet(rest))
    .execute()
}

// What was said stays said: a subscription forgets it when somebody asks to come back, or somebody else does with their address.
async function leftThrough({ db }: Needs, issueId: string): Promise<number> {
  const { left } = await db
    .selectFrom('consent_event')
    .select(({ fn }) => fn.count<number>('subscriber_id').distinct().as('left'))
    .where('kind', '=', 'withdrawn')
    .where('issue_id', '=', issueId)
    .executeTakeFirstOrThrow()
  return Number(left)
}

function fingerprint({ skippedBy, rejectedBy, ...counts }: Progress): string {
  const sorted = [counts, skippedBy, rejectedBy].map((group) =>
    Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  return JSON.stringify(sorted)
}

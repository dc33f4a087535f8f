import { leaveReasons } from '../../../audience/leave-reasons.js'
import type { Context } from '../../../context.js'
import type { Progress } from '../../../delivery/progress.js'
import { issueReport } from '../../../delivery/report/issue-report.js'
import { issueTrail } from '../../../delivery/report/issue-trail.js'
import { everybody, type OutcomeCounts } from '../../../delivery/report/outcome-counts.js'
import type { IssueWithBlocks } from '../../../issues/issue.js'
import { providerName } from '../../provider-names.js'
import { leaveReasonsView } from '../leave-reasons-view.js'
import { webPageView } from '../web-page-view.js'
import { duration } from './duration.js'
import { paceChart } from './pace-chart.js'
import { trailView } from './trail-view.js'

type Needs = Pick<Context, 'db' | 'clock'>
type Around = { counts: Progress; timeZone: string }

/** What the page of an issue says beside its progress: how it went by provider, list and time, what happened to it, where it is on the web. */
export async function reportView(ctx: Needs, issue: IssueWithBlocks, { counts, timeZone }: Around) {
  const [report, trail, webPage, reasons] = await Promise.all([
    issueReport(ctx, issue, counts),
    issueTrail(ctx, issue),
    webPageView(ctx, issue),
    leaveReasons(ctx, { issueId: issue.id }),
  ])
  return {
    webPage,
    leaveReasons: leaveReasonsView(reasons),
    trail: trailView(trail, issue),
    chart: report?.pace ? paceChart(report.pace, timeZone) : null,
    groups: report && [
      groupView('By provider', 'Provider', report.providers.map(namedProvider)),
      groupView(
        'By list',
        'List',
        report.lists,
        report.lists.length > 1 ? 'Who is on two lists counts in both.' : '',
      ),
    ],
    facts: factsOf(issue, { report, tests: trail.filter(({ action }) => action === 'send-test').length }),
  }
}

function namedProvider({ provider, counts }: { provider: string | null; counts: OutcomeCounts }) {
  return { name: provider === null ? 'All others' : providerName(provider), counts }
}

type Group = { name: string; counts: OutcomeCounts }

function groupView(title: string, column: string, groups: readonly Group[], note = '') {
  const hasWaiting = groups.some(({ counts }) => counts.waiting > 0)
  const rows = groups.map(({ name, counts }) => {
    const tried = counts.accepted + counts.rejected + counts.unknown
    return {
      name,
      ...counts,
      people: everybody(counts),
      share: tried === 0 ? '–' : `${percent(counts.accepted, tried)} %`,
    }
  })
  return { title, id: title.toLowerCase().replaceAll(' ', '-'), column, rows, note, hasWaiting }
}

/** A share in percent; 100 only when nothing is missing. */
function percent(part: number, whole: number): string {
  const share = (100 * part) / whole
  if (share === 100 || share === 0) return String(share)
  return Math.min(99.9, Math.max(0.1, share)).toFixed(1)
}

type Found = { report: Awaited<ReturnType<typeof issueReport>>; tests: number }

function factsOf(issue: IssueWithBlocks, { report, tests }: Found) {
  const { released_at: began, finished_at: ended } = issue
  const pace = report?.pace
  const tookMs = began && ended ? ended.getTime() - began.getTime() : null
  return {
    began,
    ended,
    took: tookMs === null ? null : duration(tookMs),
    perMinute: pace ? perMinute(pace) : null,
    left: began ? (report?.left ?? 0) : null,
    tests,
    countedAt: report?.countedAt ?? null,
  }
}

type Pace = NonNullable<NonNullable<Found['report']>['pace']>

/** Settled a minute, on average from the first to the last; null for what was over in less than that. */
function perMinute({ firstAt, lastAt, stretches }: Pace): number | null {
  const minutes = (Date.parse(lastAt) - Date.parse(firstAt)) / 60_000
  const settled = stretches.reduce((sum, one) => sum + one.accepted + one.rejected + one.unknown, 0)
  return minutes < 1 ? null : Math.round(settled / minutes)
}

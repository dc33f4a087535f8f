import { stringify } from 'csv-stringify/sync'
import { leaveReasons } from '../../audience/leave-reasons.js'
import type { Context } from '../../context.js'
import { issueWithBlocks } from '../../issues/issue.js'
import { progress } from '../progress.js'
import { issueReport } from './issue-report.js'
import type { OutcomeCounts } from './outcome-counts.js'

const COLUMNS = ['part', 'what', 'outcome', 'people'] as const
// A spreadsheet would run a cell that begins like a formula (OWASP, CSV injection).
const SAFE = { escape_formulas: true }

type Row = [part: string, what: string, outcome: string, people: number]

/**
 * The report of an issue as CSV (RFC 4180) with a header, one number a line: outcomes, why people left, why rejected and skipped, the balance, each provider,
 * each list, each stretch of time (its beginning in UTC). Holds no person. Throws `NotFoundError`.
 */
export async function exportReport(ctx: Pick<Context, 'db' | 'clock'>, issueId: string): Promise<string> {
  const issue = await issueWithBlocks(ctx, issueId)
  const { rejectedBy, skippedBy, ...sums } = await progress(ctx.db, issueId)
  const report = await issueReport(ctx, issue, { rejectedBy, skippedBy, ...sums })
  const reasons = await leaveReasons(ctx, { issueId })
  const balance = issue.balance ?? issue.scheduled_balance
  const rows: Row[] = [
    ...Object.entries(sums).map(([outcome, count]): Row => ['issue', issue.title, outcome, count]),
    ['issue', issue.title, 'left a list', report?.left ?? 0],
    ...reasons.map(({ reason, count }): Row => ['why left', reason, '', count]),
    ...Object.entries(rejectedBy).map(
      ([why, count]): Row => ['rejected', why || 'unknown reason', 'rejected', count],
    ),
    ...Object.entries(skippedBy).map(([why, count]): Row => ['skipped', why, 'skipped', count]),
    ...Object.entries(balance ?? {}).map(([what, count]): Row => ['balance', what, '', count]),
    ...(report?.providers ?? []).flatMap(({ provider, counts }) =>
      rowsOf('provider', provider ?? 'others', counts),
    ),
    ...(report?.lists ?? []).flatMap(({ name, counts }) => rowsOf('list', name, counts)),
    ...(report?.pace?.stretches ?? []).flatMap(({ at, ...counts }) => rowsOf('time', at, counts)),
  ]
  return stringify([COLUMNS, ...rows], SAFE)
}

function rowsOf(part: string, what: string, counts: Partial<OutcomeCounts>): Row[] {
  return Object.entries(counts).map(([outcome, count]) => [part, what, outcome, count])
}

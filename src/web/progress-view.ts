import type { Issue } from '../../db/tables/issue.js'
import type { Progress } from '../delivery/progress.js'

const SKIPPED_WORDS: Readonly<Record<string, string>> = {
  unconfirmed: 'no longer confirmed',
  unsubscribed: 'unsubscribed since',
  suppressed: 'suppressed since',
  cancelled: 'the issue was cancelled',
  unsupported: 'an address our mail server cannot reach',
}

/** How far an issue has come, in numbers and words; shown live. */
export function progressView(issue: Pick<Issue, 'id' | 'status'>, counts: Progress) {
  const done = counts.accepted + counts.rejected + counts.unknown + counts.skipped
  const rows = [
    { label: 'Accepted', count: counts.accepted, icon: 'circle-check', tone: 'text-success' },
    { label: 'Waiting', count: counts.pending, icon: 'clock', tone: 'text-base-content/70' },
    { label: 'Being sent', count: counts.sending, icon: 'send', tone: 'text-primary' },
    { label: 'Deferred', count: counts.deferred, icon: 'timer-reset', tone: 'text-info' },
    { label: 'Rejected', count: counts.rejected, icon: 'circle-x', tone: 'text-error' },
    { label: 'Unknown', count: counts.unknown, icon: 'circle-help', tone: 'text-accent' },
    { label: 'Skipped', count: counts.skipped, icon: 'circle-slash', tone: 'text-base-content/70' },
  ]
  return {
    status: issue.status,
    total: counts.total,
    done,
    percent: counts.total === 0 ? 0 : Math.floor((100 * done) / counts.total),
    rows,
    skippedBy: Object.entries(counts.skippedBy).map(([reason, count]) => ({
      reason: SKIPPED_WORDS[reason] ?? reason,
      count,
    })),
    isOver: issue.status === 'sent' || issue.status === 'cancelled',
  }
}

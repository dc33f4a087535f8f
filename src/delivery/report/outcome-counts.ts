/** How many people of a group stand where; `waiting` are those who are still to be sent to, deferred ones among them. */
export type OutcomeCounts = Record<'accepted' | 'rejected' | 'unknown' | 'skipped' | 'waiting', number>

/** What a group is counted from: a state of the ledger and how many. */
export type StatusCount = { status: string; count: number }

/** The counts of a group from how many are in each state. */
export function outcomeCounts(found: readonly StatusCount[]): OutcomeCounts {
  const counts: OutcomeCounts = { accepted: 0, rejected: 0, unknown: 0, skipped: 0, waiting: 0 }
  for (const { status, count } of found) counts[columnOf(status)] += count
  return counts
}

/** Everybody of a group. */
export function everybody(counts: OutcomeCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

function columnOf(status: string): keyof OutcomeCounts {
  switch (status) {
    case 'accepted':
    case 'rejected':
    case 'unknown':
    case 'skipped':
      return status
    default:
      return 'waiting'
  }
}

import type { Issue } from '../../db/tables/issue.js'

export type IssueStatus = Issue['status']

/** From which state an issue may go where; everything else is refused. `sent → sending` is an operator's retry alone. */
export const ISSUE_MOVES: Readonly<Record<IssueStatus, readonly IssueStatus[]>> = {
  draft: ['scheduled'],
  scheduled: ['draft', 'sending', 'cancelled'],
  sending: ['paused', 'sent', 'cancelled'],
  paused: ['sending', 'cancelled'],
  sent: ['sending'],
  cancelled: [],
}

/** The states from which an issue may come to `to`. */
export function issueStatesBefore(to: IssueStatus): IssueStatus[] {
  return (Object.keys(ISSUE_MOVES) as IssueStatus[]).filter((from) => ISSUE_MOVES[from].includes(to))
}

import type { Context } from '../../context.js'
import { openApprovals } from '../../issues/approval/open-approvals.js'

/** The drafts about which an account has something to do: to approve them, or to change its own. */
export async function openApprovalsView(ctx: Pick<Context, 'db' | 'clock'>, accountId: string) {
  const open = await openApprovals(ctx)
  return open.flatMap(({ issue, state, words, submittedBy, approvers }) => {
    const last = words.at(-1)
    const view = { id: issue.id, title: issue.title, by: last?.by, at: last?.occurred_at, note: last?.note }
    if (state === 'waiting' && approvers.some(({ id }) => id === accountId))
      return [{ ...view, isToApprove: true }]
    if (state === 'asked' && (submittedBy === accountId || issue.created_by === accountId))
      return [{ ...view, isToApprove: false }]
    return []
  })
}

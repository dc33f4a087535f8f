import type { Tx } from '../../../db/database.js'
import type { ApprovalStep } from './approval-state.js'
import { approversOf, officeOf } from './approvers.js'
import type { IssueApproval } from './issue-approval.js'

type Said = { approvalId: string; step: ApprovalStep; by: string | null }

/** Notes who is to be told of a word by mail, in its transaction, and returns their accounts: approvers of what was submitted, authors of what was decided. */
export async function noteMails(
  tx: Tx,
  { approvalId, step, by }: Said,
  { issue, submittedBy }: IssueApproval,
): Promise<string[]> {
  if (step === 'withdrawn') return []
  const office = await officeOf(tx)
  const concerned =
    step === 'submitted'
      ? approversOf(office, { createdBy: issue.created_by, submittedBy: by })
      : office.filter(({ id }) => id === submittedBy || id === issue.created_by)
  const told = concerned.map(({ id }) => id).filter((id) => id !== by)
  const rows = told.map((account_id) => ({ approval_id: approvalId, account_id, sent_at: null }))
  if (rows.length > 0) await tx.insertInto('approval_mail').values(rows).execute()
  return told
}

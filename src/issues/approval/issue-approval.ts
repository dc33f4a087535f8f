import type { DatabaseOrTx } from '../../../db/database.js'
import type { Approval } from '../../../db/tables/approval.js'
import { type IssueWithBlocks, issueWithBlocks } from '../issue.js'
import { issueEditions } from '../issue-editions.js'
import { type ApprovalState, approvalState } from './approval-state.js'
import { approversOf, type Colleague, officeOf } from './approvers.js'
import { contentHash } from './content-hash.js'

/** A word in an approval with the name of who said it; null for the command line and for accounts that are gone. */
export type ApprovalWord = Approval & { by: string | null }

export type IssueApproval = {
  issue: IssueWithBlocks
  state: ApprovalState
  /** Of the content and audience as they are now. */
  hash: string
  /** Everything that was said, oldest first. */
  words: ApprovalWord[]
  /** Who submitted the issue as it is now; null: nobody, or the command line. */
  submittedBy: string | null
  /** Who may approve the issue as it is now. */
  approvers: Colleague[]
}

/** Where an issue stands with its approval. Throws `NotFoundError`. */
export async function issueApproval(
  { db }: { db: DatabaseOrTx },
  issueId: string,
  now: Date,
): Promise<IssueApproval> {
  const issue = await issueWithBlocks({ db }, issueId)
  const hash = contentHash(issue, await issueEditions({ db }, issue, now))
  const words = await approvalWords(db, issueId)
  const submitted = words.findLast(({ step, content_hash }) => step === 'submitted' && content_hash === hash)
  const submittedBy = submitted?.account_id ?? null
  const approvers = approversOf(await officeOf(db), { createdBy: issue.created_by, submittedBy })
  return { issue, state: approvalState(words, hash), hash, words, submittedBy, approvers }
}

/** Everything that was said about an issue, oldest first. */
export async function approvalWords(db: DatabaseOrTx, issueId: string): Promise<ApprovalWord[]> {
  return db
    .selectFrom('approval')
    .leftJoin('account', 'account.id', 'approval.account_id')
    .selectAll('approval')
    .select('account.name as by')
    .where('issue_id', '=', issueId)
    .orderBy('no')
    .execute()
}

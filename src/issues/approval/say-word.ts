import type { Tx } from '../../../db/database.js'
import { newId } from '../../../db/uuid.js'
import type { Context } from '../../context.js'
import { ConflictError, InvalidError, NotFoundError } from '../../errors.js'
import { recordAudit } from '../record-audit.js'
import { APPROVAL_STEPS, type ApprovalState, type ApprovalStep } from './approval-state.js'
import { type IssueApproval, issueApproval } from './issue-approval.js'
import { approvalMailJob } from './jobs.js'
import { noteMails } from './note-mails.js'

export type SayNeeds = Pick<Context, 'db' | 'clock' | 'queues'>

export type ApprovalInput = {
  issueId: string
  /** The content that whoever says it has seen; left out: as it is now. */
  hash?: string
  note?: string
  /** The account; null for the command line. */
  by: string | null
}

const ACTIONS: Readonly<Record<ApprovalStep, string>> = {
  submitted: 'submit-issue',
  withdrawn: 'withdraw-submission',
  approved: 'approve-issue',
  asked: 'ask-for-changes',
}

const STANDS: Readonly<Record<ApprovalState, string>> = {
  open: 'It has not been submitted.',
  waiting: 'It waits for its approval already.',
  asked: 'Changes have been asked for.',
  changed: 'It has changed since the last word about it.',
  approved: 'It is approved already.',
}

/**
 * Says one word in the approval of a draft, bound to the content it was said about, and tells those whom it concerns. Throws `ConflictError`
 * when the issue has changed since it was seen or is not in a state for that word, `InvalidError` for who may not say it, `NotFoundError`.
 */
export async function sayWord(
  ctx: SayNeeds,
  step: ApprovalStep,
  { issueId, hash, note = '', by }: ApprovalInput,
): Promise<void> {
  const now = ctx.clock.now()
  const id = newId(now)
  const told = await ctx.db.transaction().execute(async (tx) => {
    await lockDraft(tx, issueId)
    const approval = await issueApproval({ db: tx }, issueId, now)
    if (hash !== undefined && hash !== approval.hash)
      throw new ConflictError(
        'The issue, or news in it, has changed since you opened this page. Look at it again, then say it once more.',
      )
    if (!APPROVAL_STEPS[approval.state].includes(step)) throw new ConflictError(STANDS[approval.state])
    if (step === 'approved' || step === 'asked') refuseOthers(approval, by)
    const word = { id, issue_id: issueId, step, content_hash: approval.hash, note, occurred_at: now }
    await tx
      .insertInto('approval')
      .values({ ...word, account_id: by })
      .execute()
    await recordAudit(tx, { action: ACTIONS[step], subjectIds: [issueId], detail: note, by, now })
    return noteMails(tx, { approvalId: id, step, by }, approval)
  })
  for (const accountId of told) await ctx.queues.enqueue(approvalMailJob, { approvalId: id, accountId })
}

// An edit of the draft waits until the word is said.
async function lockDraft(tx: Tx, issueId: string): Promise<void> {
  const issue = await tx
    .selectFrom('issue')
    .select('status')
    .where('id', '=', issueId)
    .forUpdate()
    .executeTakeFirst()
  if (!issue) throw new NotFoundError('There is no such issue.')
  if (issue.status !== 'draft')
    throw new ConflictError(`This issue is ${issue.status}; that is not possible now.`)
}

function refuseOthers({ approvers, submittedBy }: IssueApproval, by: string | null): void {
  if (by !== null && approvers.some(({ id }) => id === by)) return
  throw new InvalidError({
    approval:
      by !== null && by === submittedBy
        ? 'You submitted this issue yourself, so somebody else has to approve it.'
        : 'Somebody else of the office has to say this.',
  })
}

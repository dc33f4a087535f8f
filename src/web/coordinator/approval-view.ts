import type { Response } from 'express'
import type { Context } from '../../context.js'
import { demandingLists, missingApproval } from '../../issues/approval/approval-problems.js'
import { APPROVAL_STEPS, type ApprovalStep } from '../../issues/approval/approval-state.js'
import { type IssueApproval, issueApproval } from '../../issues/approval/issue-approval.js'
import { subjectLetter } from '../../issues/subject-test.js'
import { accountOf } from '../middleware/sessions.js'

/** What a refused word leaves to be shown: what was typed, and why it was refused. */
export type ApprovalAnswer = { note: string; on: ApprovalStep; error: string }

const WORDS_SHOWN = 6
const SAID: Readonly<Record<ApprovalStep, string>> = {
  submitted: 'submitted it',
  withdrawn: 'withdrew it',
  approved: 'approved it',
  asked: 'asked for changes',
}

/** Where an issue stands with its approval, what may be said next and by whom. */
export async function approvalView(
  ctx: Pick<Context, 'db' | 'clock'>,
  res: Response,
  { issueId, answer }: { issueId: string; answer?: ApprovalAnswer | undefined },
) {
  const approval = await issueApproval(ctx, issueId, ctx.clock.now())
  const { state, hash, words, approvers } = approval
  const demanding = await demandingLists(ctx.db, approval.issue.listIds)
  const own = accountOf(res).id
  const mayDecide = approvers.some(({ id }) => id === own)
  const can = (step: ApprovalStep) => APPROVAL_STEPS[state].includes(step)
  return {
    issueId,
    state,
    hash,
    isDemanded: demanding.length > 0,
    subjects: subjectsOf(approval),
    missing: demanding.length > 0 && state !== 'approved' ? missingApproval(state, demanding) : null,
    canSubmit: can('submitted'),
    isAgain: words.length > 0,
    // Whoever decides has better words for it.
    canWithdraw: can('withdrawn') && (own === approval.submittedBy || !mayDecide),
    canApprove: can('approved') && mayDecide,
    canAsk: can('asked') && mayDecide,
    who: state === 'waiting' || state === 'asked' ? whoDecides(approval, own) : null,
    words: words
      .slice(-WORDS_SHOWN)
      .reverse()
      .map((word) => ({
        said: SAID[word.step],
        by: word.by ?? 'The command line',
        note: word.note,
        at: word.occurred_at,
        isOfNow: word.content_hash === hash,
        step: word.step,
      })),
    note: answer ? { [answer.on]: answer.note } : {},
    error: answer ? { [answer.on]: answer.error } : {},
    // Somebody else was quicker, and the form in which it was typed is no longer there.
    lost: answer && !hasForm(answer.on, { can, mayDecide }) ? [answer] : [],
  }
}

/** The subjects that an approval is about when several are tried. */
function subjectsOf({ issue }: IssueApproval): { letter: string; subject: string }[] {
  if (!issue.subject_test) return []
  return [issue.subject, ...issue.subject_test.subjects].map((subject, variant) => ({
    letter: subjectLetter(variant),
    subject,
  }))
}

function hasForm(
  step: ApprovalStep,
  { can, mayDecide }: { can: (step: ApprovalStep) => boolean; mayDecide: boolean },
): boolean {
  if (step === 'approved') return can('approved') && mayDecide
  if (step === 'asked') return (can('approved') || can('asked')) && mayDecide
  return can(step)
}

/** Who may approve, said to one of them or to somebody else. */
function whoDecides({ approvers, submittedBy, issue }: IssueApproval, own: string): string {
  const others = approvers.filter(({ id }) => id !== own).map(({ name }) => name)
  const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(others)
  if (!approvers.some(({ id }) => id === own)) {
    const why =
      own === submittedBy
        ? 'You submitted it, so somebody else approves it'
        : own === issue.created_by
          ? 'You began it, so somebody else approves it'
          : 'Somebody else approves it'
    return `${why}: ${names}.`
  }
  if (own === submittedBy) return 'Nobody else works in the office, so you may approve it yourself.'
  return others.length > 0 ? `You may approve it, or ${names}.` : 'You are the one who can approve it.'
}

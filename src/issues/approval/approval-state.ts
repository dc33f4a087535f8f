import type { Approval } from '../../../db/tables/approval.js'

export type ApprovalStep = Approval['step']

/**
 * Where an issue stands with its content and audience as they are now: never submitted (`open`), waiting for a word, with changes asked for,
 * `changed` since the last word about it, or `approved`.
 */
export type ApprovalState = 'open' | 'waiting' | 'asked' | 'changed' | 'approved'

/** What may be said in which state; everything else is refused. */
export const APPROVAL_STEPS: Readonly<Record<ApprovalState, readonly ApprovalStep[]>> = {
  open: ['submitted'],
  waiting: ['withdrawn', 'approved', 'asked'],
  asked: ['submitted', 'approved'],
  changed: ['submitted'],
  approved: ['asked'],
}

const STATE_AFTER: Readonly<Record<ApprovalStep, ApprovalState>> = {
  submitted: 'waiting',
  withdrawn: 'open',
  approved: 'approved',
  asked: 'asked',
}

type Word = Pick<Approval, 'step' | 'content_hash'>

/**
 * The state that follows from everything said about an issue, oldest first, and what it is now: the last word about this very content
 * counts. So an edit takes an approval away, and undoing the edit gives it back.
 */
export function approvalState(words: readonly Word[], hash: string): ApprovalState {
  const last = words.findLast(({ content_hash }) => content_hash === hash)
  if (last) return STATE_AFTER[last.step]
  const before = words.at(-1)
  return !before || before.step === 'withdrawn' ? 'open' : 'changed'
}

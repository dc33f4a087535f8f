import type { DatabaseOrTx } from '../../../db/database.js'
import type { IssueWithBlocks } from '../issue.js'
import type { IssueEditions } from '../issue-editions.js'
import { type ApprovalState, approvalState } from './approval-state.js'
import { contentHash } from './content-hash.js'
import { approvalWords } from './issue-approval.js'

const MISSING: Readonly<Record<Exclude<ApprovalState, 'approved'>, string>> = {
  open: 'This one has not been submitted for approval yet.',
  waiting: 'This one still waits for its approval.',
  asked: 'Changes were asked for in this one.',
  changed: 'This one has changed since somebody last said something about it; submit it again.',
}

const OTHER_SUBJECTS =
  'Nobody has approved the subjects that are tried beside its own: keep them with the draft, then submit it again.'

/** The names of those lists of an issue that only get approved issues. */
export async function demandingLists(db: DatabaseOrTx, listIds: readonly string[]): Promise<string[]> {
  if (listIds.length === 0) return []
  const rows = await db
    .selectFrom('list')
    .select('name')
    .where('id', 'in', [...listIds])
    .where('needs_approval', '=', true)
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}

/**
 * Why an issue may not be scheduled with these editions and subjects beside its own, at the field `approval`; nothing when no list asks for approval,
 * or it has one. Fewer subjects than were approved may be tried, others not.
 */
export async function approvalProblems(
  db: DatabaseOrTx,
  issue: IssueWithBlocks,
  { editions, subjects }: { editions: IssueEditions; subjects: readonly string[] },
): Promise<Record<string, string>> {
  const demanding = await demandingLists(db, issue.listIds)
  if (demanding.length === 0) return {}
  const state = approvalState(await approvalWords(db, issue.id), contentHash(issue, editions))
  if (state !== 'approved') return { approval: missingApproval(state, demanding) }
  const kept = issue.subject_test?.subjects ?? []
  return subjects.every((subject) => kept.includes(subject))
    ? {}
    : { approval: `${onlyApproved(demanding)} ${OTHER_SUBJECTS}` }
}

/** What is missing from an approval that lists ask for, in words. */
export function missingApproval(
  state: Exclude<ApprovalState, 'approved'>,
  demanding: readonly string[],
): string {
  return `${onlyApproved(demanding)} ${MISSING[state]}`
}

function onlyApproved(demanding: readonly string[]): string {
  const names = new Intl.ListFormat('en').format(demanding.map((name) => `“${name}”`))
  return `Only approved issues may go to ${names}.`
}

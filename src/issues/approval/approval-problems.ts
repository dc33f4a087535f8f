import type { DatabaseOrTx } from '../../../db/database.js'
import type { IssueContent } from '../../rendering/issue-content.js'
import type { IssueWithBlocks } from '../issue.js'
import { type ApprovalState, approvalState } from './approval-state.js'
import { contentHash } from './content-hash.js'
import { approvalWords } from './issue-approval.js'

const MISSING: Readonly<Record<Exclude<ApprovalState, 'approved'>, string>> = {
  open: 'This one has not been submitted for approval yet.',
  waiting: 'This one still waits for its approval.',
  asked: 'Changes were asked for in this one.',
  changed: 'This one has changed since somebody last said something about it; submit it again.',
}

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

/** Why an issue may not be scheduled with these contents of its editions, at the field `approval`; nothing when no list asks for approval, or it has one. */
export async function approvalProblems(
  db: DatabaseOrTx,
  issue: IssueWithBlocks,
  contents: readonly IssueContent[],
): Promise<Record<string, string>> {
  const demanding = await demandingLists(db, issue.listIds)
  if (demanding.length === 0) return {}
  const state = approvalState(await approvalWords(db, issue.id), contentHash(issue, contents))
  return state === 'approved' ? {} : { approval: missingApproval(state, demanding) }
}

/** What is missing from an approval that lists ask for, in words. */
export function missingApproval(
  state: Exclude<ApprovalState, 'approved'>,
  demanding: readonly string[],
): string {
  const names = new Intl.ListFormat('en').format(demanding.map((name) => `“${name}”`))
  return `Only approved issues may go to ${names}. ${MISSING[state]}`
}

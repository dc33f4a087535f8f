import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { issueBalance } from './balance.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { issueWithBlocks } from './issue.js'
import { type FirstFew, subjectTestProblems } from './subject-test.js'

/**
 * Keeps with a draft which subjects shall be tried and on whom, so that they are approved with it before it is scheduled; returns the draft's new
 * version. Throws `InvalidError` by field of the form, `ConflictError` when the draft has changed, `NotFoundError`.
 */
export async function keepSubjectTest(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  first: FirstFew,
): Promise<number> {
  const issue = await issueWithBlocks(ctx, draft.issueId)
  const problems = subjectTestProblems(issue, first, await issueBalance(ctx.db, issue.id, ctx.clock.now()))
  if (Object.keys(problems).length > 0) throw new InvalidError(problems)
  return changeDraft(ctx, draft, async (tx) => {
    await tx
      .updateTable('issue')
      .set({
        canary: first.canary && JSON.stringify(first.canary),
        subject_test: first.subjectTest && JSON.stringify(first.subjectTest),
      })
      .where('id', '=', issue.id)
      .execute()
  })
}

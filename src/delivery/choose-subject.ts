import type { Context } from '../context.js'
import { ConflictError, InvalidError, NotFoundError } from '../errors.js'
import { recordAudit } from '../issues/record-audit.js'
import { subjectLetter } from '../issues/subject-test.js'
import { enqueueIssue } from './enqueue-issue.js'

type Choice = {
  issueId: string
  /** 0 is the issue's own subject. */
  variant: number
  /** Null: the clicks have decided. */
  by: string | null
}

/**
 * Ends a subject test: everybody who has not got the issue yet gets it with this subject, at once. Throws `ConflictError` when no test is running
 * any more, `InvalidError` for a subject that there is not, or `NotFoundError`.
 */
export async function chooseSubject(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { issueId, variant, by }: Choice,
): Promise<void> {
  const issue = await ctx.db
    .selectFrom('issue')
    .select('subject_test')
    .where('id', '=', issueId)
    .executeTakeFirst()
  if (!issue) throw new NotFoundError('There is no such issue.')
  if (!issue.subject_test) throw new ConflictError('This issue has one subject for everybody.')
  if (variant < 0 || variant > issue.subject_test.subjects.length)
    throw new InvalidError({ subject: 'There is no such subject.' })
  await ctx.db.transaction().execute(async (tx) => {
    // In one: whoever takes a batch sees neither of the two, or both.
    const { numUpdatedRows } = await tx
      .updateTable('issue')
      .set({ canary_status: 'passed', subject_winner: variant })
      .where('id', '=', issueId)
      .where('canary_status', '=', 'running')
      .where('status', 'in', ['sending', 'paused'])
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw new ConflictError('The subject for everybody else is chosen already.')
    const detail = `Subject ${subjectLetter(variant)}`
    await recordAudit(tx, {
      action: 'choose-subject',
      subjectIds: [issueId],
      detail,
      by,
      now: ctx.clock.now(),
    })
  })
  await enqueueIssue(ctx, issueId)
}

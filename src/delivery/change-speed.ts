import type { Context } from '../context.js'
import { ConflictError, NotFoundError } from '../errors.js'
import { recordAudit } from '../issues/record-audit.js'
import { wakeIssues } from './limits/wake-issues.js'

export type SpeedChange = {
  issueId: string
  /** Messages an hour; null: as fast as the limits allow. */
  ratePerHour: number | null
  by: string | null
}

/** Whether an issue in that state can still be made faster or slower. */
export const hasSpeed = (status: string): boolean => ['scheduled', 'sending', 'paused'].includes(status)

/** Makes one issue slower or faster, also while it is being sent. Throws `ConflictError` for a draft and for what is over. */
export async function changeSpeed(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { issueId, ratePerHour, by }: SpeedChange,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const issue = await tx
      .selectFrom('issue')
      .select('status')
      .where('id', '=', issueId)
      .forUpdate()
      .executeTakeFirst()
    if (!issue) throw new NotFoundError('There is no such issue.')
    if (!hasSpeed(issue.status))
      throw new ConflictError(`This issue is ${issue.status}; its speed no longer matters.`)
    await tx.updateTable('issue').set({ rate_per_hour: ratePerHour }).where('id', '=', issueId).execute()
    const detail = ratePerHour === null ? 'no limit' : `${ratePerHour} an hour`
    await recordAudit(tx, {
      action: 'change-speed',
      subjectIds: [issueId],
      detail,
      by,
      now: ctx.clock.now(),
    })
  })
  await wakeIssues(ctx, issueId)
}

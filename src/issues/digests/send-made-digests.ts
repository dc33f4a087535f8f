import type { Context } from '../../context.js'
import { ConflictError, InvalidError } from '../../errors.js'
import { scheduleIssue } from '../schedule-issue.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** Schedules the issues that digests have made to be sent, also those that a crash forgot. What cannot be sent waits as a draft, and the plan says why. */
export async function sendMadeDigests(ctx: Needs): Promise<void> {
  const waiting = await ctx.db
    .selectFrom('digest')
    .innerJoin('issue', 'issue.id', 'digest.to_send_id')
    .select(['digest.id', 'issue.id as issueId', 'last_note'])
    .execute()
  for (const { id, issueId, last_note } of waiting) {
    // As it was made: what somebody has changed meanwhile is theirs to send.
    const trouble = await schedule(ctx, { issueId, version: 1 })
    await ctx.db
      .updateTable('digest')
      .set({ to_send_id: null, ...(trouble ? { last_note: `${last_note} ${trouble}` } : {}) })
      .where('id', '=', id)
      .where('to_send_id', '=', issueId)
      .execute()
  }
}

/** Null, or why it could not be sent. */
async function schedule(ctx: Needs, draft: { issueId: string; version: number }): Promise<string | null> {
  try {
    await scheduleIssue(ctx, draft, null)
    return null
  } catch (error) {
    // Another worker has sent it, or somebody is at it.
    if (error instanceof ConflictError) return null
    if (error instanceof InvalidError) return `It waits as a draft: ${error.message}`
    throw error
  }
}

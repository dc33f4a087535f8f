import type { Context } from '../../context.js'
import { ConflictError, InvalidError } from '../../errors.js'
import { issueWithBlocks } from '../issue.js'
import { type Scheduling, scheduleIssue } from '../schedule-issue.js'

type Needs = Pick<Context, 'db' | 'clock' | 'log'>

/** Schedules the issues that digests have made to be sent, also those that a crash forgot. What cannot be sent waits as a draft, and the plan says why. */
export async function sendMadeDigests(ctx: Needs): Promise<void> {
  const waiting = await ctx.db
    .selectFrom('digest')
    .innerJoin('issue', 'issue.id', 'digest.to_send_id')
    .select(['digest.id', 'digest.time_zone', 'issue.id as issueId', 'last_note'])
    .execute()
  for (const { id, issueId, last_note, time_zone: sendZone } of waiting) {
    // As it was made: what somebody has changed meanwhile is theirs to send.
    const trouble = await schedule(ctx, { issueId, version: 1, sendZone })
    await ctx.db
      .updateTable('digest')
      .set({ to_send_id: null, ...(trouble ? { last_note: `${last_note} ${trouble}` } : {}) })
      .where('id', '=', id)
      .where('to_send_id', '=', issueId)
      .execute()
  }
}

/** Null, or why it could not be sent: one plan's trouble must not keep the others from going out. */
async function schedule(ctx: Needs, draft: Scheduling): Promise<string | null> {
  try {
    await scheduleIssue(ctx, draft, null)
    return null
  } catch (error) {
    if (error instanceof InvalidError) return `It waits as a draft: ${error.message}`
    const { status } = await issueWithBlocks(ctx, draft.issueId)
    // Another worker has sent it.
    if (status !== 'draft') return null
    if (error instanceof ConflictError) return 'Somebody has changed it: it waits as a draft.'
    ctx.log.error({ reason: (error as Error).message }, 'an issue of a plan could not be scheduled')
    return 'It waits as a draft: it could not be scheduled.'
  }
}

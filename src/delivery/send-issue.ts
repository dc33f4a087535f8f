import { sql } from 'kysely'
import type { Context } from '../context.js'
import { takeBatch } from './batches.js'
import { finishIssue } from './finish-issue.js'
import { sendIssueJob } from './jobs.js'
import { type SendNeeds, sendBatch } from './send-batch.js'
import type { Sender } from './sender.js'

/** One of the turns in which an issue is sent: `lane` tells those apart that run at once, `turn` this one from its follower. */
export type SendTurn = { issueId: string; lane: number; turn: number }

/** A turn ends after this time so that every issue gets one: a short issue never waits for a long one. */
const TURN_MS = 1000
const LANES_A_WORKER = 4

/** Sends batch after batch of an issue for about a second, then queues up again behind the other issues while anything is left. */
export async function sendIssue(
  ctx: SendNeeds & Pick<Context, 'queues'>,
  sender: Sender,
  { turn, stopping }: { turn: SendTurn; stopping: AbortSignal },
): Promise<void> {
  const { issueId } = turn
  const endsAt = performance.now() + TURN_MS
  const stop = {
    get aborted() {
      return stopping.aborted || performance.now() > endsAt
    },
  }
  while (!stop.aborted && ctx.mailer.restsUntil() === null) {
    const batch = await takeBatch(ctx.db, issueId, { workerId: sender.workerId, now: ctx.clock.now() })
    if (!batch) break
    const { end } = await sendBatch(ctx, sender, { batch, stop })
    if (end === 'refused' || end === 'held') break
  }
  await finishIssue(ctx, issueId)
  await queueUpAgain(ctx, turn)
}

async function queueUpAgain(ctx: SendNeeds & Pick<Context, 'queues'>, turn: SendTurn): Promise<void> {
  const now = ctx.clock.now()
  const { rows } = await sql<{ due_at: Date }>`
    select b.due_at from batch b join issue i on i.id = b.issue_id and i.status = 'sending'
    where b.issue_id = ${turn.issueId} and b.due_at is not null and b.worker_id is null
    order by b.due_at limit 1`.execute(ctx.db)
  const due = rows[0]?.due_at
  if (!due) return
  const wait = Math.max(due.getTime(), ctx.mailer.restsUntil()?.getTime() ?? 0) - now.getTime()
  // What is due much later is the sweep's to remember.
  if (wait > 60_000) return
  await ctx.queues.enqueue(sendIssueJob, { ...turn, turn: 1 - turn.turn }, { delayMs: Math.max(0, wait) })
}

/** Reminds the queue of an issue that has something to send now: as many lanes as the workers can fill. */
export async function enqueueIssue(
  { db, clock, queues }: Pick<Context, 'db' | 'clock' | 'queues'>,
  issueId: string,
): Promise<void> {
  const { rows } = await sql<{ lanes: number }>`
    select least(
      (select count(*) from (
        select from batch b join issue i on i.id = b.issue_id and i.status = 'sending'
        where b.issue_id = ${issueId} and b.due_at <= ${clock.now()} and b.worker_id is null limit 400) due),
      ${LANES_A_WORKER} * greatest(1, (select count(*) from worker)))::int as lanes`.execute(db)
  for (let lane = 0; lane < (rows[0]?.lanes ?? 0); lane++)
    await queues.enqueue(sendIssueJob, { issueId, lane, turn: 0 })
}

import { sql } from 'kysely'
import type { Context } from '../context.js'
import { mayGoOut, takeBatch } from './batches.js'
import { finishIssue } from './finish-issue.js'
import { sendIssueJob } from './jobs.js'
import { opensAt } from './limits/sending-window.js'
import { type SendNeeds, sendBatch } from './send-batch.js'
import type { Sender } from './sender.js'
import { watchOverIssue } from './watch-over-issue.js'

/** One of the turns in which an issue is sent: `lane` tells those apart that run at once, `turn` this one from its follower. */
export type SendTurn = { issueId: string; lane: number; turn: number }

/** A turn ends after this time so that every issue gets one: a short issue never waits for a long one. */
const TURN_MS = 1000
const SWEEP_KNOWS_MS = 15_000

/** Sends batch after batch of an issue for about a second, then queues up again behind the other issues while anything is left. */
export async function sendIssue(
  ctx: SendNeeds & Pick<Context, 'queues'>,
  sender: Sender,
  { turn, stopping }: { turn: SendTurn; stopping: AbortSignal },
): Promise<void> {
  const { issueId } = turn
  if (opensAt(sender.limits().settings, ctx.clock.now())) return
  const endsAt = performance.now() + TURN_MS
  const stop = {
    get aborted() {
      return stopping.aborted || performance.now() > endsAt
    },
  }
  let heldUntil: Date | null = null
  while (!stop.aborted && ctx.mailer.restsUntil() === null) {
    const batch = await takeBatch(ctx.db, issueId, { workerId: sender.workerId, now: ctx.clock.now() })
    if (!batch) break
    const ended = await sendBatch(ctx, sender, { batch, stop })
    if (ended.end === 'held') heldUntil = ended.until
    if (ended.end === 'refused' || ended.end === 'held') break
  }
  await watchOverIssue(ctx, issueId)
  await finishIssue(ctx, issueId)
  await queueUpAgain(ctx, turn, heldUntil)
}

async function queueUpAgain(
  ctx: SendNeeds & Pick<Context, 'queues'>,
  turn: SendTurn,
  heldUntil: Date | null,
): Promise<void> {
  const now = ctx.clock.now()
  const { rows } = await sql<{ due_at: Date; fanned_out: boolean }>`
    select b.due_at, i.fanned_out_at is not null as fanned_out from batch b join issue i on i.id = b.issue_id and i.status = 'sending'
    where b.issue_id = ${turn.issueId} and b.due_at is not null and b.worker_id is null
      and ${mayGoOut(sql`b.has_canary`)}
    order by b.due_at limit 1`.execute(ctx.db)
  const next = rows[0]
  if (!next) return
  const rests = [next.due_at, ctx.mailer.restsUntil(), heldUntil].map((moment) => moment?.getTime() ?? 0)
  // Mail that goes out now takes the processor that writes the rest of the ledger: until that is done, half of it.
  const wait = Math.max(Math.max(...rests) - now.getTime(), next.fanned_out ? 0 : TURN_MS)
  // What is due much later is the sweep's to remember.
  if (wait > SWEEP_KNOWS_MS) return
  await ctx.queues.enqueue(sendIssueJob, { ...turn, turn: 1 - turn.turn }, { delayMs: wait })
}

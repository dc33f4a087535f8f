import { sql } from 'kysely'
import type { Context } from '../context.js'
import { mayGoOut } from './batches.js'
import { sendIssueJob } from './jobs.js'

const LANES_A_WORKER = 4

/**
 * Reminds the queue of an issue that has something to send now: as many lanes as the workers can fill, one each while its fan-out
 * still needs the processor. With both turns, a lane that waits for a later moment is no reason not to begin.
 */
export async function enqueueIssue(
  { db, clock, queues }: Pick<Context, 'db' | 'clock' | 'queues'>,
  issueId: string,
  { turns = [0], delayMs = 0 }: { turns?: readonly number[]; delayMs?: number } = {},
): Promise<void> {
  const { rows } = await sql<{ lanes: number }>`
    select least(
      (select count(*) from (
        select from batch b join issue i on i.id = b.issue_id and i.status = 'sending'
        where b.issue_id = ${issueId} and b.due_at <= ${clock.now()} and b.worker_id is null
          and ${mayGoOut(sql`b.has_canary`)} limit 400) due),
      (select case when fanned_out_at is null then 1 else ${LANES_A_WORKER}::int end from issue where id = ${issueId})
        * greatest(1, (select count(*) from worker)))::int as lanes`.execute(db)
  for (let lane = 0; lane < (rows[0]?.lanes ?? 0); lane++)
    for (const turn of turns) await queues.enqueue(sendIssueJob, { issueId, lane, turn }, { delayMs })
}

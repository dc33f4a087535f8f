import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { Balance } from '../../db/tables/issue.js'
import type { Context } from '../context.js'
import { audienceOf, BALANCE_COLUMNS, countBalance } from '../issues/balance.js'
import { finishIssue } from './finish-issue.js'
import { sendBatchJob } from './jobs.js'

const BATCH_SIZE = 200

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>

/**
 * Gives every person on an issue's lists a row in the ledger, once: pending, or skipped with the reason, so that the
 * numbers add up for each of them. Enqueues the open batches after commit; running again adds no row.
 */
export async function fanOutIssue(ctx: Needs, issueId: string): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    const issue = await tx
      .selectFrom('issue')
      .selectAll()
      .where('id', '=', issueId)
      .forUpdate()
      .executeTakeFirst()
    if (issue?.status !== 'sending' || issue.fanned_out_at) return
    const balance = await insertDeliveries(tx, issueId, now)
    await tx
      .updateTable('issue')
      .set({ fanned_out_at: now, balance: JSON.stringify(balance) })
      .where('id', '=', issueId)
      .execute()
  })
  await enqueueOpenBatches(ctx, issueId)
  await finishIssue(ctx, issueId)
}

// One statement, so one snapshot: who leaves meanwhile is in both the ledger and the balance, or in neither.
async function insertDeliveries(tx: Tx, issueId: string, now: Date): Promise<Balance> {
  return countBalance(
    tx,
    sql`
    with person as materialized (${audienceOf(issueId)}), ledger as (
      insert into delivery (id, issue_id, subscriber_id, status, skip_reason, batch_no, subscriptions, finished_at)
      select gen_random_uuid(), ${issueId}, subscriber_id,
        case when confirmed and not suppressed then 'pending' else 'skipped' end,
        case when not confirmed then 'unconfirmed' when suppressed then 'suppressed' end,
        (row_number() over (partition by confirmed and not suppressed order by subscriber_id) - 1) / ${BATCH_SIZE}::int, subscriptions,
        case when confirmed and not suppressed then null else ${now}::timestamptz end
      from person
      on conflict (issue_id, subscriber_id) do nothing
    )
    select ${BALANCE_COLUMNS} from person`,
  )
}

/** Reminds the queue of every batch of an issue that has something to send now. */
export async function enqueueOpenBatches({ db, clock, queues }: Needs, issueId: string): Promise<void> {
  const batches = await db
    .selectFrom('delivery')
    .innerJoin('issue', 'issue.id', 'delivery.issue_id')
    .select('batch_no')
    .distinct()
    .where('issue_id', '=', issueId)
    .where('issue.status', '=', 'sending')
    .where('delivery.status', '=', 'pending')
    .where((eb) => eb.or([eb('not_before', 'is', null), eb('not_before', '<=', clock.now())]))
    .orderBy('batch_no')
    .execute()
  for (const { batch_no } of batches) await queues.enqueue(sendBatchJob, { issueId, batchNo: batch_no })
}

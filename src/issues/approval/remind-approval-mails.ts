import type { Context } from '../../context.js'
import { approvalMailJob } from './jobs.js'

const FORGOTTEN_AFTER_MINUTES = 2
/** Later than this the word is no news any more. */
const TOLD_WITHIN_HOURS = 24
const MOST_AT_ONCE = 200

/** Enqueues again the mails about approvals whose job a crash or a flushed queue forgot; returns how many. */
export async function remindApprovalMails({
  db,
  clock,
  queues,
}: Pick<Context, 'db' | 'clock' | 'queues'>): Promise<number> {
  const now = clock.now().getTime()
  const forgotten = await db
    .selectFrom('approval_mail')
    .innerJoin('approval', 'approval.id', 'approval_mail.approval_id')
    .select(['approval_id as approvalId', 'approval_mail.account_id as accountId'])
    .where('sent_at', 'is', null)
    .where('occurred_at', '<', new Date(now - FORGOTTEN_AFTER_MINUTES * 60_000))
    .where('occurred_at', '>', new Date(now - TOLD_WITHIN_HOURS * 3_600_000))
    .orderBy('no')
    .limit(MOST_AT_ONCE)
    .execute()
  for (const told of forgotten) await queues.enqueue(approvalMailJob, told)
  return forgotten.length
}

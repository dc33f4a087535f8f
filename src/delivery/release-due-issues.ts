import type { Context } from '../context.js'
import { fanOutIssueJob } from './jobs.js'
import { ensureLedgerMonth, monthOf } from './ledger-months.js'

/** Starts every scheduled issue whose time has come; a second run finds none. */
export async function releaseDueIssues({
  db,
  clock,
  queues,
}: Pick<Context, 'db' | 'clock' | 'queues'>): Promise<void> {
  const now = clock.now()
  const isDue = await db
    .selectFrom('issue')
    .select('id')
    .where('status', '=', 'scheduled')
    .where('send_at', '<=', now)
    .limit(1)
    .executeTakeFirst()
  if (!isDue) return
  await ensureLedgerMonth(db, monthOf(now))
  const due = await db
    .updateTable('issue')
    .set(({ eb, ref }) => ({
      status: 'sending',
      released_at: now,
      ledger_month: monthOf(now),
      canary_status: eb
        .case()
        .when(ref('canary'), 'is not', null)
        .then('running' as const)
        .end(),
    }))
    .where('status', '=', 'scheduled')
    .where('send_at', '<=', now)
    .returning('id')
    .execute()
  for (const { id } of due) await queues.enqueue(fanOutIssueJob, { issueId: id })
}

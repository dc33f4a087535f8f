import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import type { Context } from '../context.js'

/** Ends an issue once nobody is pending or being sent to, as its tally says; changes nothing before that, and nothing twice. */
export async function finishIssue(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  issueId: string,
): Promise<void> {
  if (!(await isOver(db, issueId))) return
  await db.transaction().execute(async (tx) => {
    // Locked first and looked at then: whoever makes deliveries pending again holds this lock until they are.
    await tx.selectFrom('issue').select('id').where('id', '=', issueId).forUpdate().execute()
    if (!(await isOver(tx, issueId))) return
    await tx
      .updateTable('issue')
      .set({ status: 'sent', finished_at: clock.now() })
      .where('id', '=', issueId)
      .where('status', '=', 'sending')
      .execute()
  })
}

async function isOver(db: DatabaseOrTx, issueId: string): Promise<boolean> {
  const { rows } = await sql`
    select from issue where id = ${issueId} and status = 'sending' and fanned_out_at is not null and not exists (
      select from tally where issue_id = ${issueId} and status in ('pending', 'deferred', 'sending')
      group by issue_id having sum(count) > 0
    )`.execute(db)
  return rows.length > 0
}

import { sql } from 'kysely'
import type { Context } from '../context.js'

/** Ends an issue once nobody is pending or being sent to, as its tally says; changes nothing before that, and nothing twice. */
export async function finishIssue(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  issueId: string,
): Promise<void> {
  await sql`
    update issue set status = 'sent', finished_at = ${clock.now()}
    where id = ${issueId} and status = 'sending' and fanned_out_at is not null and not exists (
      select from tally where issue_id = ${issueId} and status in ('pending', 'deferred', 'sending')
      group by issue_id having sum(count) > 0
    )`.execute(db)
}

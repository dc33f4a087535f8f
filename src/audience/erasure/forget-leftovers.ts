import { sql } from 'kysely'
import type { Context } from '../../context.js'

const SETTLED_AFTER_HOURS = 24

/**
 * Takes the name from deliveries that were on the wire, or in the middle of a fan-out, while somebody was erased, and what a server said to
 * them; a day later nothing can be left. Returns how many rows were changed.
 */
export async function forgetLeftovers({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<number> {
  const now = clock.now()
  const { numAffectedRows } = await sql`
    update delivery d set
      subscriber_id = gen_random_uuid(), smtp_text = null, not_before = null,
      status = case when d.status = 'pending' then 'skipped' else d.status end,
      skip_reason = case when d.status = 'pending' then 'erased' else d.skip_reason end,
      finished_at = case when d.status = 'pending' then ${now}::timestamptz else d.finished_at end
    from erasure e, issue i
    where e.subscriber_id is not null and d.subscriber_id = e.subscriber_id
      and d.issue_id = i.id and d.month = i.ledger_month and d.status <> 'sending'
      and not exists (select from subscriber p where p.id = e.subscriber_id)`.execute(db)
  const settled = new Date(now.getTime() - SETTLED_AFTER_HOURS * 3_600_000)
  await sql`
    update erasure e set subscriber_id = null
    where e.subscriber_id is not null and e.erased_at <= ${settled} and not exists (
      select from issue i join delivery d on d.issue_id = i.id and d.month = i.ledger_month
      where d.subscriber_id = e.subscriber_id)`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

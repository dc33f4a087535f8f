import { suppressedDomain } from '../audience/suppressed-sql.js'

/**
 * One group commit: outcomes are written where the row is still `sending` by that very claim, and pending rows become `sending`. Both only
 * while the batch is held under the name that they came with, which is locked meanwhile; once it is freed, others decide. The claim is also the pause, the cancel, the
 * unsubscribe and the suppression check: nothing is claimed unless the issue is `sending`, and who left, rests or is suppressed becomes
 * `skipped`. A claim whose answer was lost may be made again.
 */
export const LEDGER_STATEMENT = `
  with asked as (
    select issue_id, batch_no, hold from unnest($1::uuid[], $3::int[], $24::uuid[]) as claims(issue_id, batch_no, hold)
    union
    select issue_id, batch_no, hold from unnest($10::uuid[], $23::int[], $8::uuid[]) as outcomes(issue_id, batch_no, hold)
  ), held as materialized (
    select b.issue_id, b.batch_no, b.hold from asked join batch b using (issue_id, batch_no, hold) for share of b
  ), settled as (
    update delivery d set
      status = o.status, not_before = o.not_before, finished_at = o.finished_at,
      attempts = d.attempts - o.given_back,
      first_attempt_at = case when d.attempts > o.given_back then d.first_attempt_at end, smtp_stage = o.stage,
      smtp_code = o.code, smtp_enhanced_code = o.enhanced_code, smtp_class = o.class, smtp_text = o.text
    from unnest($10::uuid[], $11::date[], $12::uuid[], $13::int[], $14::text[], $15::timestamptz[], $16::timestamptz[], $17::int[],
        $18::text[], $19::int[], $20::text[], $21::text[], $22::text[], $23::int[], $8::uuid[])
      as o(issue_id, month, subscriber_id, attempts, status, not_before, finished_at, given_back, stage, code, enhanced_code, class, text,
        batch_no, hold)
    where exists (select from held h where h.issue_id = o.issue_id and h.batch_no = o.batch_no and h.hold = o.hold)
      and d.issue_id = o.issue_id and d.subscriber_id = o.subscriber_id and d.month = o.month
      and d.status = 'sending' and d.attempts = o.attempts
  ), judged as (
    select w.*,
      exists (select from suppression s where s.email_key = w.email_key) or ${suppressedDomain('w.email_key')} as suppressed,
      exists (
        select from issue_list il
        join subscription s on s.list_id = il.list_id and s.subscriber_id = w.subscriber_id
        where il.issue_id = w.issue_id and s.status = 'confirmed'
      ) as confirmed,
      exists (select from subscriber p where p.id = w.subscriber_id and p.snoozed_until > $9::timestamptz) as snoozed
    from unnest($1::uuid[], $2::date[], $3::int[], $4::uuid[], $5::text[], $6::int[], $7::boolean[], $24::uuid[])
      as w(issue_id, month, batch_no, subscriber_id, email_key, attempts, captured, hold)
    where exists (select from issue i where i.id = w.issue_id and i.status = 'sending')
      and exists (
        select from held h where h.issue_id = w.issue_id and h.batch_no = w.batch_no and h.hold = w.hold)
  ), verdict as materialized (
    select j.*, case when suppressed then 'suppressed' when not confirmed then 'unsubscribed'
      when snoozed then 'snoozed' when captured then 'captured' end as skip
    from judged j
  )
  update delivery d set
    status = case when v.skip is null then 'sending' else 'skipped' end,
    skip_reason = v.skip,
    finished_at = case when v.skip is not null then $9::timestamptz end,
    attempts = case when v.skip is null then v.attempts + 1 else d.attempts end,
    first_attempt_at = case when v.skip is null then coalesce(d.first_attempt_at, $9::timestamptz) else d.first_attempt_at end,
    not_before = null
  from verdict v
  where d.issue_id = v.issue_id and d.subscriber_id = v.subscriber_id and d.month = v.month
    and ((d.status = 'pending' and d.attempts = v.attempts) or (d.status = 'sending' and d.attempts = v.attempts + 1))
  returning d.issue_id, d.subscriber_id, d.status, d.skip_reason`

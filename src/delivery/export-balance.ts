import { stringify } from 'csv-stringify/sync'
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../context.js'
import { presentAudience } from '../issues/balance.js'
import { issueWithBlocks } from '../issues/issue.js'

const PAGE_LENGTH = 1000
const COLUMNS = [
  'address',
  'lists',
  'counted_as',
  'outcome',
  'why',
  'smtp_code',
  'smtp_reply',
  'attempts',
  'settled_at',
] as const

// A spreadsheet would run a cell that begins like a formula (OWASP, CSV injection).
const SAFE = { escape_formulas: true }

type Person = {
  subscriber_id: string
  email: string
  subscriptions: number
  counted_as: string
  outcome: string
  why: string | null
  smtp_code: number | null
  smtp_text: string | null
  attempts: number
  finished_at: Date | null
}

/**
 * The balance of an issue person by person, as pieces of CSV (RFC 4180) with a header: everybody on its lists once, on how many,
 * how they were counted, and what came of it. Before fan-out it shows how things stand now. The sums are the balance's numbers.
 * Throws `NotFoundError`.
 */
export async function* exportBalance(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  issueId: string,
): AsyncGenerator<string> {
  const issue = await issueWithBlocks({ db }, issueId)
  const people = issue.fanned_out_at
    ? settled(issueId, issue.fanned_out_at)
    : expected(await presentAudience(db, issueId, clock.now()))
  yield stringify([COLUMNS])
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await sql<Person>`
      select * from (${people}) person where subscriber_id > ${after}
      order by subscriber_id limit ${PAGE_LENGTH}`.execute(db)
    if (rows.length > 0) yield stringify(rows.map(cellsOf), SAFE)
    if (rows.length < PAGE_LENGTH) return
    after = rows.at(-1)?.subscriber_id ?? after
  }
}

function settled(issueId: string, fannedOutAt: Date): RawBuilder<unknown> {
  return sql`
    select d.subscriber_id, coalesce(p.email, '(erased)') as email, d.subscriptions,
      case when d.status = 'skipped' and d.finished_at <= ${fannedOutAt} and d.skip_reason in ('unconfirmed', 'suppressed')
        then d.skip_reason else 'recipient' end as counted_as,
      case when d.status = 'pending' and d.attempts > 0 then 'deferred' else d.status end as outcome,
      d.skip_reason as why, d.smtp_code, d.smtp_text, d.attempts, d.finished_at
    from delivery d left join subscriber p on p.id = d.subscriber_id
    where d.issue_id = ${issueId}`
}

function expected(audience: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select a.subscriber_id, p.email, a.subscriptions::int as subscriptions,
      case when not confirmed then 'unconfirmed' when suppressed then 'suppressed' else 'recipient' end as counted_as,
      case when confirmed and not suppressed then 'will get it' else 'will not get it' end as outcome,
      case when not confirmed then 'unconfirmed' when suppressed then 'suppressed' end as why,
      null::int as smtp_code, null as smtp_text, 0 as attempts, null::timestamptz as finished_at
    from (${audience}) a join subscriber p on p.id = a.subscriber_id`
}

function cellsOf(person: Person): (string | number)[] {
  return [
    person.email,
    person.subscriptions,
    person.counted_as,
    person.outcome,
    person.why ?? '',
    person.smtp_code ?? '',
    person.smtp_text ?? '',
    person.attempts,
    person.finished_at?.toISOString() ?? '',
  ]
}

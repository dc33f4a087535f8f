import { sql } from 'kysely'
import type { Database } from '../../db/database.js'
import type { Sink } from './sink.js'

/** What became of a round's readers; every list but `doubtful` should be empty. */
export type Verdict = {
  readers: number
  accepted: number
  /** Readers without exactly one final row. */
  lost: string[]
  /** Readers who got two. */
  twice: string[]
  /** Accepted in the ledger, unknown to the mail server. */
  invented: string[]
  /** Taken by the mail server, yet in the ledger neither accepted nor in doubt. */
  denied: string[]
  doubtful: string[]
  /** Of those, how many the mail server's own silence does not explain. */
  unexplained: number
  /** What the ledger says of those who are lost or in doubt without a reason. */
  remarks: string[]
}

type Row = { email: string; rows: number; status: string | null; remark: string | null }

/** Compares the ledger of an issue with what the mail server took. */
export async function judge(db: Database, issueId: string, sink: Sink): Promise<Verdict> {
  const { rows } = await sql<Row>`
    select p.email, count(d.id)::int as rows, min(d.status) as status,
      min(concat_ws(' ', d.status, 'attempts', d.attempts, 'not before', d.not_before, d.smtp_stage, d.smtp_text)) as remark
    from issue_list il
    join subscription s on s.list_id = il.list_id
    join subscriber p on p.id = s.subscriber_id
    left join delivery d on d.issue_id = il.issue_id and d.subscriber_id = p.id
    where il.issue_id = ${issueId} group by p.email`.execute(db)
  const taken = (row: Row) => sink.accepted.get(row.email) ?? 0
  const emails = (found: Row[]) => found.map(({ email }) => email)
  const isFinal = ({ rows: count, status }: Row) =>
    count === 1 && ['accepted', 'rejected', 'unknown', 'skipped'].includes(status ?? '')
  const doubtful = rows.filter(({ status }) => status === 'unknown')
  return {
    readers: rows.length,
    accepted: rows.filter(({ status }) => status === 'accepted').length,
    lost: emails(rows.filter((row) => !isFinal(row))),
    twice: [...sink.accepted].filter(([, count]) => count > 1).map(([email]) => email),
    invented: emails(rows.filter((row) => row.status === 'accepted' && taken(row) === 0)),
    denied: emails(
      rows.filter((row) => taken(row) > 0 && row.status !== 'accepted' && row.status !== 'unknown'),
    ),
    doubtful: emails(doubtful),
    remarks: rows
      .filter((row) => !isFinal(row) || (row.status === 'unknown' && !sink.doubtful.has(row.email)))
      .map(({ remark }) => remark ?? 'no row'),
    unexplained: doubtful.filter(({ email }) => !sink.doubtful.has(email)).length,
  }
}

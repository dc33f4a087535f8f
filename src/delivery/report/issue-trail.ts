import { sql } from 'kysely'
import type { Issue } from '../../../db/tables/issue.js'
import type { Context } from '../../context.js'

/** Something that happened to an issue; `action` is the audit's, or one of `made`, `frozen`, `released`, `fanned-out`, `ended`. */
export type TrailEntry = {
  at: Date
  action: string
  detail: string
  /** Who did it; null: the machine, or somebody at the command line. */
  by: string | null
}

const ON_DELIVERIES = ['retry-rejected', 'resend-unknown', 'accept-unknown']
const PLANNED = ['schedule-issue', 'unschedule-issue']
const MOST_ENTRIES = 500

type Subject = Pick<
  Issue,
  'id' | 'ledger_month' | 'created_at' | 'created_by' | 'released_at' | 'fanned_out_at' | 'finished_at'
>

/** What happened to an issue from its beginning, in the order of time: its own steps and who stepped in. */
export async function issueTrail({ db }: Pick<Context, 'db'>, issue: Subject): Promise<TrailEntry[]> {
  const [audit, maker, edition] = await Promise.all([
    audited({ db }, issue),
    issue.created_by === null
      ? undefined
      : db.selectFrom('account').select('name').where('id', '=', issue.created_by).executeTakeFirst(),
    db
      .selectFrom('edition')
      .select('frozen_at')
      .where('issue_id', '=', issue.id)
      .orderBy('frozen_at')
      .executeTakeFirst(),
  ])
  const planned = audit.filter(({ action }) => PLANNED.includes(action))
  const own = [
    step('made', issue.created_at, maker?.name),
    // Issues from before it was noted who schedules.
    planned.length > 0 ? planned : step('frozen', edition?.frozen_at ?? null),
    step('released', issue.released_at),
    step('fanned-out', issue.fanned_out_at),
    step('ended', issue.finished_at),
    audit.filter(({ action }) => !PLANNED.includes(action)),
  ]
  return own.flat().sort((a, b) => a.at.getTime() - b.at.getTime())
}

function step(action: string, at: Date | null, by: string | null = null): TrailEntry[] {
  return at ? [{ at, action, detail: '', by }] : []
}

async function audited({ db }: Pick<Context, 'db'>, issue: Subject): Promise<TrailEntry[]> {
  const rows = await db
    .selectFrom('audit_entry as entry')
    .leftJoin('account', 'account.id', 'entry.account_id')
    .select(['entry.occurred_at as at', 'action', 'detail', 'account.name as by'])
    .where((eb) =>
      eb.or([
        sql<boolean>`entry.subject_ids @> ${[issue.id]}::uuid[]`,
        // Those are about deliveries, each of one issue.
        eb.and([
          eb('action', 'in', ON_DELIVERIES),
          eb('entry.occurred_at', '>=', issue.created_at),
          sql<boolean>`exists (
            select from delivery d where d.id = entry.subject_ids[1] and d.issue_id = ${issue.id}
              and d.month = ${issue.ledger_month}::date)`,
        ]),
      ]),
    )
    .orderBy('entry.occurred_at', 'desc')
    .limit(MOST_ENTRIES)
    .execute()
  return rows
}

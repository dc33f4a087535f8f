import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../../db/database.js'
import { countTyped, forgetTyped } from '../../audience/forget-typed.js'
import { countUnconfirmed, purgeUnconfirmed } from '../../audience/purge-unconfirmed.js'
import { daysBefore, monthsBefore, type Periods } from './periods.js'

/** One kind of thing that is not kept for good. */
export type Purge = {
  /** The period that says how long, by its name in the settings. */
  period: keyof Periods
  /** One of them, and several. */
  one: string
  more: string
  /** What is older goes. */
  before(now: Date, periods: Periods): Date
  count(db: Database, before: Date): Promise<number>
  /** Removes some and says how many; 0: none is left. */
  slice(db: Database, before: Date): Promise<number>
}

const SLICE = 1000

/** Everything that goes by itself, in the order in which it goes; the months of the ledger go as a whole (src/delivery/ledger-months.ts). */
export const PURGES: readonly Purge[] = [
  {
    period: 'unconfirmed_days',
    one: 'unconfirmed sign-up',
    more: 'unconfirmed sign-ups',
    before: (now, { unconfirmed_days }) => daysBefore(now, unconfirmed_days),
    count: countUnconfirmed,
    slice: purgeUnconfirmed,
  },
  {
    period: 'captured_days',
    one: 'captured mail',
    more: 'captured mails',
    before: (now, { captured_days }) => daysBefore(now, captured_days),
    ...rowsOf('captured_mail', { key: 'id', time: 'captured_at' }),
  },
  {
    period: 'trouble_days',
    one: 'note of trouble',
    more: 'notes of trouble',
    before: (now, { trouble_days }) => daysBefore(now, trouble_days),
    ...rowsOf('transport_error', { key: 'id', time: 'occurred_at' }),
  },
  {
    period: 'session_days',
    one: 'session',
    more: 'sessions',
    before: (now, { session_days }) => daysBefore(now, session_days),
    ...rowsOf('session', { key: 'token_hash', time: 'expires_at' }),
  },
  {
    period: 'session_days',
    one: 'one-time link',
    more: 'one-time links',
    before: (now, { session_days }) => daysBefore(now, session_days),
    ...rowsOf('account_link', { key: 'token_hash', time: 'expires_at' }),
  },
  {
    period: 'audit_months',
    one: 'audit entry',
    more: 'audit entries',
    before: (now, { audit_months }) => monthsBefore(now, audit_months),
    ...rowsOf('audit_entry', { key: 'id', time: 'occurred_at' }),
  },
  {
    period: 'evidence_months',
    one: 'record of consent',
    more: 'records of consent',
    before: (now, { evidence_months }) => monthsBefore(now, evidence_months),
    ...rowsOf('kept_evidence', { key: 'id', time: 'erased_at' }),
  },
  {
    period: 'mail_days',
    one: 'mail about somebody’s own affairs',
    more: 'mails about people’s own affairs',
    before: (now, { mail_days }) => daysBefore(now, mail_days),
    ...rowsOf('subscriber_mail', { key: 'id', time: 'created_at' }),
  },
  {
    period: 'mail_days',
    one: 'note of what was typed at a sign-up',
    more: 'notes of what was typed at sign-ups',
    before: (now, { mail_days }) => daysBefore(now, mail_days),
    count: countTyped,
    slice: forgetTyped,
  },
  {
    period: 'reason_months',
    one: 'reason for leaving',
    more: 'reasons for leaving',
    before: (now, { reason_months }) => monthsBefore(now, reason_months),
    ...rowsOf('leave_reason', { key: 'id', time: 'created_at' }),
  },
  {
    period: 'refusal_days',
    one: 'refused row of an import',
    more: 'refused rows of imports',
    before: (now, { refusal_days }) => daysBefore(now, refusal_days),
    ...rowsWhere(
      'import_refusal',
      'ctid',
      (before) => sql`import_id in (select id from import where finished_at <= ${before})`,
    ),
  },
  {
    period: 'draft_days',
    one: 'draft of an import',
    more: 'drafts of imports',
    before: (now, { draft_days }) => daysBefore(now, draft_days),
    ...rowsWhere(
      'import',
      'id',
      (before) => sql`status in ('draft', 'checking') and created_at <= ${before}`,
    ),
  },
  {
    period: 'undo_days',
    one: 'act on many people',
    more: 'acts on many people',
    before: (now, { undo_days }) => daysBefore(now, undo_days),
    ...rowsWhere('bulk_act', 'id', (before) => sql`status in ('done', 'undone') and created_at <= ${before}`),
  },
]

type Rows = Pick<Purge, 'count' | 'slice'>

function rowsOf(table: string, { key, time }: { key: string; time: string }): Rows {
  return rowsWhere(table, key, (before) => sql`${sql.ref(time)} <= ${before}`)
}

function rowsWhere(table: string, key: string, isOld: (before: Date) => RawBuilder<unknown>): Rows {
  const old = (before: Date) => sql`from ${sql.table(table)} where ${isOld(before)}`
  return {
    count: async (db, before) => {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count ${old(before)}`.execute(db)
      return rows[0]?.count ?? 0
    },
    slice: async (db, before) => {
      const doomed = sql`select ${sql.ref(key)} ${old(before)} limit ${SLICE}`
      const { numAffectedRows } = await sql`
        delete from ${sql.table(table)} where ${sql.ref(key)} in (${doomed})`.execute(db)
      return Number(numAffectedRows ?? 0n)
    },
  }
}

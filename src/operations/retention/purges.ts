import { sql } from 'kysely'
import type { Database } from '../../../db/database.js'
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
]

function rowsOf(table: string, { key, time }: { key: string; time: string }): Pick<Purge, 'count' | 'slice'> {
  const old = (before: Date) => sql`from ${sql.table(table)} where ${sql.ref(time)} <= ${before}`
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

import { sql } from 'kysely'
import type { Database } from '../../db/database.js'
import type { Context } from '../context.js'

const MONTH = /^\d{4}-\d{2}-01$/

/** The first day of a moment's month in UTC, 'YYYY-MM-01': the part of the ledger where its issues' deliveries are kept. */
export function monthOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 7)}-01`
}

/** Makes the part of the ledger for a month unless it is there; several processes may ask at once. */
export async function ensureLedgerMonth(db: Database, month: string): Promise<void> {
  const name = partitionOf(month)
  const { rows } = await sql<{ found: string | null }>`select to_regclass(${name})::text as found`.execute(db)
  if (rows[0]?.found) return
  const next = monthOf(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1)))
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('ledger months'))`.execute(tx)
    await sql
      .raw(
        `create table if not exists ${name} partition of delivery for values from ('${month}') to ('${next}') with (fillfactor = 60)`,
      )
      .execute(tx)
  })
}

// The period for which deliveries may be needed as evidence.
const MONTHS_KEPT = 24
const TROUBLE_KEPT_DAYS = 90
const DAY_MS = 24 * 3_600_000

/** Drops the months of the ledger that are older than two years, and what is known of old trouble; returns the months' names. */
export async function dropOldLedger({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<string[]> {
  const now = clock.now()
  const oldest = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS_KEPT, 1))
  const stale = new Date(now.getTime() - TROUBLE_KEPT_DAYS * DAY_MS)
  await db.deleteFrom('transport_error').where('occurred_at', '<', stale).execute()
  return dropLedgerMonths(db, monthOf(oldest))
}

/** Drops what the ledger holds of months before `month`; what became of their issues stays in the tallies. Returns their names. */
async function dropLedgerMonths(db: Database, before: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'delivery'::regclass and c.relname < ${partitionOf(before)} order by 1`.execute(db)
  for (const { name } of rows) await sql`drop table ${sql.id(name)}`.execute(db)
  return rows.map(({ name }) => name)
}

function partitionOf(month: string): string {
  if (!MONTH.test(month)) throw new RangeError('A month of the ledger is written YYYY-MM-01.')
  return `delivery_${month.slice(0, 7).replace('-', '_')}`
}

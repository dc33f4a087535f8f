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

/** A month of the ledger, with its first day, 'YYYY-MM-01', and how many deliveries it holds. */
export type LedgerMonth = { name: string; month: string; deliveries: number }

/** The months of the ledger that are older than the retention settings allow, whole months only, the oldest first. */
export async function oldLedgerMonths({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<LedgerMonth[]> {
  const now = clock.now()
  const { delivery_months: kept } = await db
    .selectFrom('retention')
    .select('delivery_months')
    .executeTakeFirstOrThrow()
  const oldest = monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - kept, 1)))
  // The tallies know how many there are without reading any.
  const { rows } = await sql<LedgerMonth>`
    with found as (
      select c.relname as name, replace(substr(c.relname, 10), '_', '-') || '-01' as month
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'delivery'::regclass and c.relname < ${partitionOf(oldest)}
    )
    select name, month, (
      select coalesce(sum(t.count), 0)::int from issue join tally t on t.issue_id = issue.id
      where issue.ledger_month = found.month::date) as deliveries
    from found order by 1`.execute(db)
  return rows
}

/** Drops the months of the ledger that are too old, and returns them; what became of their issues stays in the tallies. */
export async function dropOldLedger(ctx: Pick<Context, 'db' | 'clock'>): Promise<LedgerMonth[]> {
  const months = await oldLedgerMonths(ctx)
  for (const { name } of months) await sql`drop table ${sql.id(name)}`.execute(ctx.db)
  return months
}

function partitionOf(month: string): string {
  if (!MONTH.test(month)) throw new RangeError('A month of the ledger is written YYYY-MM-01.')
  return `delivery_${month.slice(0, 7).replace('-', '_')}`
}

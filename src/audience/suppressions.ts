import { stringify } from 'csv-stringify/sync'
import type { DatabaseOrTx } from '../../db/database.js'
import type { Suppression } from '../../db/tables/suppression.js'
import type { Context } from '../context.js'
import { parseAddress } from './address.js'
import { findSuppression } from './suppress-address.js'

export type SuppressionFilter = {
  /** A whole address, which finds whatever forbids mail to it; or part of an address or domain. */
  search?: string
  reason?: Suppression['reason']
  /** `next` of the page before. */
  after?: string
  limit?: number
}

const PAGE = 50
const EXPORT_PAGE = 1000

/**
 * One page of suppressions, the newest first. A whole address finds its own suppression, that of its domain, and that of somebody erased, of
 * whom nothing is shown but that they were.
 */
export async function searchSuppressions(
  { db, keys }: Pick<Context, 'db' | 'keys'>,
  { search = '', reason, after, limit = PAGE }: SuppressionFilter,
): Promise<{ suppressions: Suppression[]; next: string | null }> {
  const address = parseAddress(search)
  if (!('problem' in address)) {
    const found = await findSuppression({ db, keys }, address.key)
    const fits = found !== null && (!reason || found.reason === reason)
    return { suppressions: fits ? [found] : [], next: null }
  }
  let query = db.selectFrom('suppression').selectAll().orderBy('id', 'desc')
  if (reason) query = query.where('reason', '=', reason)
  if (after) query = query.where('id', '<', after)
  const part = search.trim().toLowerCase().replace(/^@/, '')
  if (part) {
    const pattern = `%${part.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) => eb.or([eb('email_key', 'like', pattern), eb('domain', 'like', pattern)]))
  }
  const rows = await query.limit(limit + 1).execute()
  const suppressions = rows.slice(0, limit)
  return { suppressions, next: rows.length > limit ? (suppressions.at(-1)?.id ?? null) : null }
}

/** How many suppressions there are for each reason. */
export async function suppressionCounts({
  db,
}: {
  db: DatabaseOrTx
}): Promise<Record<Suppression['reason'], number>> {
  const rows = await db
    .selectFrom('suppression')
    .select(({ fn }) => ['reason', fn.countAll<number>().as('count')])
    .groupBy('reason')
    .execute()
  const none = { 'hard-bounce': 0, complaint: 0, 'unsubscribe-all': 0, manual: 0, erased: 0 }
  return { ...none, ...Object.fromEntries(rows.map(({ reason, count }) => [reason, Number(count)])) }
}

// A spreadsheet would run a cell that begins like a formula (OWASP, CSV injection).
const SAFE = { escape_formulas: true }
const COLUMNS = ['address', 'domain', 'subdomains', 'reason', 'note', 'since'] as const

/** Every suppression as pieces of CSV (RFC 4180) with a header, the oldest first; people who were erased are left out. */
export async function* exportSuppressions(
  { db }: Pick<Context, 'db'>,
  { reason }: Pick<SuppressionFilter, 'reason'> = {},
): AsyncGenerator<string> {
  yield stringify([COLUMNS])
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    let query = db
      .selectFrom('suppression')
      .selectAll()
      .where('address_hash', 'is', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(EXPORT_PAGE)
    if (reason) query = query.where('reason', '=', reason)
    const rows = await query.execute()
    if (rows.length > 0) yield stringify(rows.map(cellsOf), SAFE)
    if (rows.length < EXPORT_PAGE) return
    after = rows.at(-1)?.id ?? after
  }
}

function cellsOf(row: Suppression): string[] {
  const subdomains = row.domain === null ? '' : row.includes_subdomains ? 'yes' : 'no'
  return [
    row.email_key ?? '',
    row.domain ?? '',
    subdomains,
    row.reason,
    row.note,
    row.created_at.toISOString(),
  ]
}

import { type Insertable, sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { Suppression, SuppressionTable } from '../../db/tables/suppression.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { recordAudit } from '../record-audit.js'
import { strengthening } from './stronger-suppression.js'
import { parseSuppressionEntry, type SuppressionEntry } from './suppression-entry.js'

export const SUPPRESSIONS_AT_ONCE = 10_000

/** Why a coordinator suppresses; erasing somebody is another verb. */
export const GIVEN_REASONS = ['manual', 'hard-bounce', 'complaint', 'unsubscribe-all'] as const

export type Suppressing = {
  /** One address or domain a line. */
  text: string
  reason: (typeof GIVEN_REASONS)[number]
  note: string
  /** Of every domain in the text also those below it; one may say so by itself as *.example.org. */
  includesSubdomains: boolean
  by: string | null
}
export type Suppressed = {
  /** New, or suppressed for a graver reason or more widely than before. */
  added: number
  /** Lines that were suppressed before, or stand twice in the text. */
  known: number
  /** Lines that could not be read; all others have been added. */
  problems: { line: number; text: string; problem: string }[]
}

const ROWS_AT_ONCE = 1000

/**
 * Suppresses every address and domain of a text from the next claim on; of what is suppressed already the graver reason stays, and a line that is
 * broken is named and left out. Throws `InvalidError` when there is no line, or more than ten thousand.
 */
export async function addSuppressions(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { text, reason, note, includesSubdomains, by }: Suppressing,
): Promise<Suppressed> {
  const lines = text.split(/\r\n|\n|\r/).map((typed, index) => ({ line: index + 1, text: typed.trim() }))
  const filled = lines.filter((line) => line.text !== '')
  if (filled.length === 0) throw new InvalidError({ entries: 'Write at least one address or domain.' })
  if (filled.length > SUPPRESSIONS_AT_ONCE)
    throw new InvalidError({ entries: `At most 10,000 lines at once; these are ${filled.length}.` })
  const read = filled.map((line) => ({ ...line, entry: parseSuppressionEntry(line.text) }))
  const problems = read.flatMap(({ entry, ...line }) =>
    'problem' in entry ? [{ ...line, problem: entry.problem }] : [],
  )
  const entries = read.flatMap(({ entry }) => ('problem' in entry ? [] : [entry]))
  const now = clock.now()
  const added = await db.transaction().execute(async (tx) => {
    const row = { reason, note: note.trim(), created_at: now }
    const count = await insertAll(tx, { entries, includesSubdomains, row })
    const detail = [`${count} as ${reason}`, row.note].filter(Boolean).join(': ')
    if (count > 0) await recordAudit(tx, { action: 'add-suppressions', subjectIds: [], detail, by, now })
    return count
  })
  return { added, known: entries.length - added, problems }
}

type Insertion = {
  entries: readonly SuppressionEntry[]
  includesSubdomains: boolean
  row: Pick<Suppression, 'reason' | 'note' | 'created_at'>
}

async function insertAll(tx: Tx, { entries, includesSubdomains, row }: Insertion): Promise<number> {
  const emailKeys = new Set(entries.flatMap((entry) => ('emailKey' in entry ? entry.emailKey : [])))
  const domains = new Map<string, boolean>()
  for (const entry of entries) {
    if ('emailKey' in entry) continue
    const isWide = includesSubdomains || entry.includesSubdomains
    domains.set(entry.domain, isWide || domains.get(entry.domain) === true)
  }
  const addresses = [...emailKeys].map((email_key) => ({ ...row, id: newId(row.created_at), email_key }))
  const hosts = [...domains].map(([domain, includes_subdomains]) => ({
    ...{ ...row, id: newId(row.created_at), email_key: null },
    ...{ domain, includes_subdomains },
  }))
  return (await insert(tx, addresses, 'email_key')) + (await insert(tx, hosts, 'domain'))
}

async function insert(
  tx: Tx,
  rows: readonly Insertable<SuppressionTable>[],
  column: 'email_key' | 'domain',
): Promise<number> {
  let count = 0
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const added = await tx
      .insertInto('suppression')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .modifyEnd(sql.raw(strengthening(column)))
      .executeTakeFirstOrThrow()
    count += Number(added.numInsertedOrUpdatedRows ?? 0n)
  }
  return count
}

import type { Tx } from '../../db/database.js'
import type { Suppression } from '../../db/tables/suppression.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { recordAudit } from '../record-audit.js'
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
  added: number
  /** Lines that were suppressed before, or stand twice in the text. */
  known: number
  /** Lines that could not be read; all others have been added. */
  problems: { line: number; text: string; problem: string }[]
}

const ROWS_AT_ONCE = 1000

/**
 * Suppresses every address and domain of a text from the next claim on; what is suppressed already keeps its first reason, and a line that is
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
  const rows = entries.map((entry) => {
    const id = newId(row.created_at)
    if ('emailKey' in entry)
      return { id, ...row, email_key: entry.emailKey, domain: null, includes_subdomains: false }
    const isWide = includesSubdomains || entry.includesSubdomains
    return { id, ...row, email_key: null, domain: entry.domain, includes_subdomains: isWide }
  })
  let count = 0
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const added = await tx
      .insertInto('suppression')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    count += Number(added.numInsertedOrUpdatedRows ?? 0n)
  }
  return count
}

import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'

/** How many sign-ups one statement takes. */
const SLICE = 1000

const confirmed = (before: Date) => sql`from confirmation where used_at <= ${before} and fields <> '{}'`

/** How many sign-ups that were confirmed before a moment still hold what was typed. */
export async function countTyped(db: DatabaseOrTx, before: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count ${confirmed(before)}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/**
 * Forgets what was typed at sign-ups that were confirmed before a moment, for the subscriber has it; that there was a mail and when stays as
 * evidence. Returns of how many, at most a thousand; 0: none is left.
 */
export async function forgetTyped(db: DatabaseOrTx, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update confirmation set fields = '{}' where id in (select id ${confirmed(before)} limit ${SLICE})`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0n)
}

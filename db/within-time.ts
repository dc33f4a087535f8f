import { sql } from 'kysely'
import type { Database, Tx } from './database.js'

const CANCELLED = '57014'

/** What a question answers when each of its statements takes at most so many milliseconds; null when one took longer. */
export async function withinTime<T>(
  db: Database,
  milliseconds: number,
  ask: (tx: Tx) => Promise<T>,
): Promise<T | null> {
  try {
    return await db.transaction().execute(async (tx) => {
      await sql`select set_config('statement_timeout', ${String(milliseconds)}, true), set_config('jit', 'off', true)`.execute(
        tx,
      )
      return ask(tx)
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === CANCELLED) return null
    throw error
  }
}

import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'

/** Lets this one transaction delete consent events, which the database refuses to everybody else. */
export async function allowErasing(tx: Tx): Promise<void> {
  await sql`select set_config('carillon.consent', 'erase', true)`.execute(tx)
}

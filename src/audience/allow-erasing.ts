import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'

/** Lets this one transaction delete consent events and take people out of their notes, which the database refuses to everybody else. */
export async function allowErasing(tx: Tx): Promise<void> {
  await sql`select set_config('carillon.consent', 'erase', true)`.execute(tx)
}

/** Lets this one transaction give consent events to another record of the same person. */
export async function allowMerging(tx: Tx): Promise<void> {
  await sql`select set_config('carillon.consent', 'merge', true)`.execute(tx)
}

import { sql } from 'kysely'
import type { DatabaseOrTx, Tx } from '../../../db/database.js'
import { slugOf } from './slug-of.js'

/** A slug of the title that no issue has, with a number if need be. Needs a transaction: until it ends nobody else is given one. */
export async function freeSlug(tx: Tx, title: string, moment: Date): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtext('issue.slug'))`.execute(tx)
  return likelySlug(tx, title, moment)
}

/** The slug that an issue of this title would be given now. */
export async function likelySlug(db: DatabaseOrTx, title: string, moment: Date): Promise<string> {
  const slug = slugOf(title.replace(/( \(copy\))+$/, ''), moment)
  const { rows } = await sql<{ slug: string }>`
    select slug from issue where slug = ${slug} or starts_with(slug, ${`${slug}-`})`.execute(db)
  const taken = new Set(rows.map((row) => row.slug))
  let [free, number] = [slug, 1]
  while (taken.has(free)) free = `${slug}-${++number}`
  return free
}

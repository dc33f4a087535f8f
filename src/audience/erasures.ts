import { sql } from 'kysely'
import type { Context } from '../context.js'
import type { JournalEntry } from '../erasure-journal.js'

const PAGE = 1000

/** Whether the person to whom this mail went, with a link to erase them, has been erased. */
export async function wasErased({ db }: Pick<Context, 'db'>, mailId: string): Promise<boolean> {
  const found = await db
    .selectFrom('erasure')
    .select('id')
    .where(sql<boolean>`mail_ids @> array[${mailId}::uuid]`)
    .executeTakeFirst()
  return found !== undefined
}

/** Every erasure that the database knows of, the oldest first: what a backup from before needs to be brought up to date. */
export async function* erasures({ db }: Pick<Context, 'db'>): AsyncGenerator<JournalEntry> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await db
      .selectFrom('erasure')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const row of rows) yield { erasedAt: row.erased_at, keyId: row.key_id, hash: row.address_hash }
    if (rows.length < PAGE) return
    after = rows.at(-1)?.id ?? after
  }
}

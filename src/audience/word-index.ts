import { sql } from 'kysely'
import type { Database, DatabaseOrTx } from '../../db/database.js'
import type { Context } from '../context.js'
import { mendWordIndexJob } from './import/jobs.js'

/** From so many new people on, if they are also a share of all, the index is cheaper made anew than kept up. */
const MANY = 50_000
const SHARE = 1 / 4

/** The expression that the index is on, of the subscriber `p` of a query; migration 0021 writes the same. */
export const WORDS = sql<string>`lower(p.email || ' ' || jsonb_path_query_array(p.fields, '$.*')::text)`

/** Whether the index that finds parts of words is there; without it the search looks at the beginning of addresses. */
export async function hasWordIndex(db: DatabaseOrTx): Promise<boolean> {
  return (await stateOf(db)) === 'there'
}

/**
 * Leaves the index out while so many people come in that it would take longer than all the rest: it is made again once no import runs. Gives
 * way to whoever is at the table. Returns whether the import may go on without looking again.
 */
export async function leaveOutWordIndex(db: Database, added: number): Promise<boolean> {
  if (added < MANY) return false
  const { rows } = await sql<{ people: number }>`
    select greatest(reltuples, 0)::float8 as people from pg_class where oid = 'subscriber'::regclass`.execute(
    db,
  )
  if (added < SHARE * (rows[0]?.people ?? 0)) return false
  try {
    await db.transaction().execute(async (tx) => {
      await sql`set local lock_timeout = '500ms'`.execute(tx)
      await sql`drop index if exists subscriber_words`.execute(tx)
    })
    return true
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') return false
    throw error
  }
}

/** Has the index made again where an import left it out and none is under way any more. */
export async function remindWordIndex({ db, queues }: Pick<Context, 'db' | 'queues'>): Promise<void> {
  if ((await stateOf(db)) === 'missing' && !(await isImporting(db)))
    await queues.enqueue(mendWordIndexJob, {})
}

/** Makes the index while everybody goes on reading and writing; does nothing where it is there, or another process is at it. */
export async function mendWordIndex({ db }: Pick<Context, 'db'>): Promise<void> {
  await db.connection().execute(async (held) => {
    const key = sql`hashtextextended('subscriber words', 0)`
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${key}) as got`.execute(held)
    if (!rows[0]?.got) return
    try {
      if ((await stateOf(held)) !== 'missing' || (await isImporting(held))) return
      // One that was begun and not finished is of no use to anybody.
      await sql`drop index if exists subscriber_words`.execute(held)
      await sql`set maintenance_work_mem = '256MB'`.execute(held)
      await sql`create index concurrently subscriber_words on subscriber
        using gin (lower(email || ' ' || jsonb_path_query_array(fields, '$.*')::text) gin_trgm_ops)`.execute(
        held,
      )
    } finally {
      await sql`reset maintenance_work_mem`.execute(held)
      await sql`select pg_advisory_unlock(${key})`.execute(held)
    }
  })
}

/** `impossible`: this PostgreSQL has no trigrams. */
async function stateOf(db: DatabaseOrTx): Promise<'there' | 'missing' | 'impossible'> {
  const { rows } = await sql<{ is_there: boolean; can_be: boolean }>`
    select exists (select from pg_index where indexrelid = to_regclass('subscriber_words') and indisvalid) as is_there,
      exists (select from pg_extension where extname = 'pg_trgm') as can_be`.execute(db)
  if (rows[0]?.is_there) return 'there'
  return rows[0]?.can_be ? 'missing' : 'impossible'
}

async function isImporting(db: Database): Promise<boolean> {
  const running = await db
    .selectFrom('import')
    .select('id')
    .where('status', '=', 'running')
    .executeTakeFirst()
  return running !== undefined
}

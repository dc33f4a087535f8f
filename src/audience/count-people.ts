import { sql } from 'kysely'
import type { Database } from '../../db/database.js'
import type { Subscriber } from '../../db/tables/subscriber.js'
import { withinTime } from '../../db/within-time.js'
import { fitsFilter, type SubscriberFilter } from './subscriber-filter.js'
import { hasWordIndex } from './word-index.js'

/** How many people; `isExact` false: judged by a sample, because counting took too long. */
export type PeopleCount = { count: number; isExact: boolean }

const SAMPLED_PEOPLE = 20_000
const SAMPLING_MS = 1000

/** How many people fit, counted in at most so many milliseconds, else judged by a sample; null when that took too long, too. */
export async function countPeople(
  { db }: { db: Database },
  filter: SubscriberFilter,
  milliseconds: number,
): Promise<PeopleCount | null> {
  const byWords = filter.search ? await hasWordIndex(db) : true
  const fits = fitsFilter(filter, { byWords })
  const exact = await withinTime(db, milliseconds, (tx) =>
    tx
      .selectFrom('subscriber as p')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where(fits)
      .executeTakeFirstOrThrow(),
  )
  if (exact) return { count: exact.count, isExact: true }
  const all = await peopleAtAll(db)
  if (all === null) return null
  const percent = Math.min(100, (100 * SAMPLED_PEOPLE) / Math.max(1, all))
  const sampled = await withinTime(db, SAMPLING_MS, async (tx) => {
    const { rows } = await sql<{ fitting: number; seen: number }>`
      select count(*) filter (where ${fits}) as fitting, count(*) as seen
      from subscriber as p tablesample system (${percent})`.execute(tx)
    return rows[0]
  })
  if (!sampled || sampled.seen === 0) return null
  return { count: Number(((100 * sampled.fitting) / percent).toPrecision(2)), isExact: false }
}

/** A few of the people who fit, the newest first; null when finding them took longer than that. */
export async function samplePeople(
  { db }: { db: Database },
  filter: SubscriberFilter,
  { most, milliseconds }: { most: number; milliseconds: number },
): Promise<Subscriber[] | null> {
  const byWords = filter.search ? await hasWordIndex(db) : true
  return withinTime(db, milliseconds, (tx) =>
    tx
      .selectFrom('subscriber as p')
      .selectAll('p')
      .where(fitsFilter(filter, { byWords }))
      .orderBy('p.id', 'desc')
      .limit(most)
      .execute(),
  )
}

// As PostgreSQL last saw the table, in proportion to what it has become since, as its planner does; a table that it has never looked at is counted.
async function peopleAtAll(db: Database): Promise<number | null> {
  const { rows } = await sql<{ people: number | null }>`
    select case when reltuples > 0 and relpages > 0 then
      reltuples / relpages * pg_relation_size(oid) / current_setting('block_size')::integer end::float8 as people
    from pg_class where oid = 'subscriber'::regclass`.execute(db)
  if (rows[0]?.people) return rows[0].people
  return withinTime(db, SAMPLING_MS, async (tx) => {
    const { people } = await tx
      .selectFrom('subscriber')
      .select(({ fn }) => fn.countAll<number>().as('people'))
      .executeTakeFirstOrThrow()
    return people
  })
}

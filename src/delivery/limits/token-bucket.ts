import { sql } from 'kysely'
import type { Database } from '../../../db/database.js'

/** A rate that all workers share: `perSecond` tokens flow in, at most `burst` wait. */
export type Rate = { key: string; perSecond: number; burst: number }

/** Takes up to `want` whole tokens from a bucket that lives in the database, and says how many it got; a new bucket is full. */
export async function takeTokens(
  db: Database,
  { key, perSecond, burst }: Rate,
  { want, now }: { want: number; now: Date },
): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    with made as (
      insert into token_bucket (key, tokens, filled_at) values (${key}, ${burst}, ${now})
      on conflict (key) do nothing
      returning key, tokens as available
    ), found as (
      select key, least(${burst}::float8,
        tokens + greatest(0, extract(epoch from ${now}::timestamptz - filled_at)::float8) * ${perSecond}::float8) as available
      from token_bucket where key = ${key} and not exists (select from made) for update
    ), spent as (
      update token_bucket t set
        tokens = f.available - least(floor(f.available), ${want}::float8),
        filled_at = greatest(t.filled_at, ${now}::timestamptz)
      from found f where t.key = f.key
      returning least(floor(f.available), ${want}::float8) as taken
    )
    select taken::int as taken from spent`.execute(db)
  // A bucket that was just made has given nothing yet; its first tokens are taken by asking again.
  return rows[0] ? rows[0].taken : takeTokens(db, { key, perSecond, burst }, { want, now })
}

import { sql } from 'kysely'
import type { Database } from '../../../db/database.js'
import { storableText } from '../settlement.js'

// Google: stop for ten minutes, begin again with one connection, add one at a time.
const REST_MS = 10 * 60_000
const WIDEN_MS = 60_000
/** From here on a provider is no longer held back. */
const WIDE = 20

/** Lets everything rest that one provider takes, because it said that we send too fast; then one connection, then one more each minute. */
export async function slowProvider(
  db: Database,
  { name, reason, now }: { name: string; reason: string; now: Date },
): Promise<void> {
  const until = new Date(now.getTime() + REST_MS)
  const widens = new Date(until.getTime() + WIDEN_MS)
  const text = storableText(reason).slice(0, 500)
  await sql`
    insert into provider (name, rests_until, connections, widens_at, reason) values (${name}, ${until}, 1, ${widens}, ${text})
    on conflict (name) do update set rests_until = ${until}, connections = 1, widens_at = ${widens}, reason = ${text}`.execute(
    db,
  )
}

/** Gives providers that have behaved for a minute one connection more, and in the end no limit. */
export async function widenProviders(db: Database, now: Date): Promise<void> {
  const next = new Date(now.getTime() + WIDEN_MS)
  await sql`
    update provider set
      connections = case when connections + 1 < ${WIDE} then connections + 1 end,
      widens_at = case when connections + 1 < ${WIDE} then ${next}::timestamptz end,
      rests_until = null, reason = case when connections + 1 < ${WIDE} then reason else '' end
    where connections is not null and widens_at <= ${now}`.execute(db)
}

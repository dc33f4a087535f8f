import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../../../db/database.js'
import { BALANCE_COLUMNS, type BalanceRow, balanceOf, presentAudience } from '../../balance.js'
import type { AudienceFacts } from './facts.js'

/** Counts who will get an issue and for how many of them each of these fields is empty; one pass over the audience. */
export async function countAudience(
  db: DatabaseOrTx,
  { issueId, now }: { issueId: string; now: Date },
  fields: readonly string[],
): Promise<AudienceFacts> {
  const columns = fields.map(
    (field, at) => sql`, (count(*) filter (where confirmed and not suppressed
      and coalesce(btrim(reader.fields ->> ${field}), '') = ''))::int as ${sql.id(`empty_${at}`)}`,
  )
  const readers = fields.length > 0 ? sql`join subscriber reader on reader.id = person.subscriber_id` : sql``
  const { rows } = await sql<BalanceRow & Record<`empty_${number}`, number>>`
    select ${BALANCE_COLUMNS}${sql.join(columns, sql``)} from (${await presentAudience(db, issueId, now)}) person ${readers}`.execute(
    db,
  )
  const row = rows[0] as (typeof rows)[number]
  const empty = Object.fromEntries(fields.map((field, at) => [field, row[`empty_${at}`] ?? 0]))
  return { ...balanceOf(row), empty }
}

import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import { type NewsStatus, newsStatesBefore } from './news-status.js'

/** A news item, and as which of its versions somebody saw it; null: as it is now. */
export type SeenNewsItem = { id: string; version: number | null }

type Decision = { to: NewsStatus; note: string; by: string | null; now: Date }

/** Moves those of the news items that stand where it is allowed and are still as they were seen, and says how many did. */
export async function moveNewsItems(
  db: DatabaseOrTx,
  items: readonly SeenNewsItem[],
  { to, note, by, now }: Decision,
): Promise<number> {
  if (items.length === 0) return 0
  const isDecided = to !== 'proposed'
  const [ids, versions] = [items.map(({ id }) => id), items.map(({ version }) => version)]
  const moved = await db
    .updateTable('news_item')
    .set((eb) => ({
      status: to,
      office_note: note,
      decided_by: isDecided ? by : null,
      decided_at: isDecided ? now : null,
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where(
      sql<boolean>`exists (
        select from unnest(${ids}::uuid[], ${versions}::int[]) as seen (id, version)
        where seen.id = news_item.id and coalesce(seen.version, news_item.version) = news_item.version)`,
    )
    .where('status', 'in', newsStatesBefore(to))
    .executeTakeFirst()
  return Number(moved.numUpdatedRows)
}

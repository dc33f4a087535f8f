import { type Kysely, sql } from 'kysely'

/** News is found by the blocks that show it, of whatever kind they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `drop index block_lead, block_news`,
  `create index block_news_item on block ((content ->> 'newsItemId')) where content ->> 'newsItemId' is not null`,
  `create index block_news_items on block using gin ((content -> 'newsItemIds') jsonb_path_ops) with (fastupdate = off)
    where content -> 'newsItemIds' is not null`,
]

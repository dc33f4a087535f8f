import { type Kysely, sql } from 'kysely'

/** What a news item's picture shows, in its other languages. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table news_item_text add column image_alt text not null default ''`.execute(db)
}

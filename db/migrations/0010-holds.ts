import { type Kysely, sql } from 'kysely'

/** Each taking of a batch has a name of its own, and an issue that paused itself counts anew once somebody lets it go on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table batch add column hold uuid`.execute(db)
  await sql`alter table issue add column watched_from jsonb`.execute(db)
}

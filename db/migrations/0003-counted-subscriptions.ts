import { type Kysely, sql } from 'kysely'

/** On how many of an issue's lists a person stood at fan-out, so that the balance adds up person by person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table delivery add column subscriptions integer not null default 1`.execute(db)
}

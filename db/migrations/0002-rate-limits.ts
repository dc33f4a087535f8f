import { type Kysely, sql } from 'kysely'

/** Where attempts are counted, in the columns that rate-limiter-flexible expects, and who made an account link. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table rate_limit (
    key varchar(255) primary key,
    points integer not null default 0,
    expire bigint
  )`.execute(db)
  await sql`alter table account_link add column created_by uuid references account on delete cascade`.execute(
    db,
  )
}

import { sql } from 'kysely'
import type { Erasing } from './erasing.js'

/** Takes somebody out of the groups of addresses that get tests. */
export async function forgetTests({ tx, spellings }: Erasing): Promise<void> {
  await sql`
    update test_group set addresses = array(
      select address from unnest(addresses) with ordinality as one (address, place)
      where lower(address) <> all (${spellings}::text[]) order by place)
    where exists (select from unnest(addresses) as address where lower(address) = any (${spellings}::text[]))`.execute(
    tx,
  )
}

import { sql } from 'kysely'
import type { Erasing } from './erasing.js'

/** Throws away captured mail that went to somebody or mentions them. */
export async function forgetCaptured({ tx, traces }: Erasing): Promise<void> {
  // Lines that transport broke are joined first, so that no address hides across two of them.
  await sql`
    delete from captured_mail where id in (
      select id from captured_mail mail
      cross join lateral (
        select regexp_replace(encode(message, 'escape'), E'=?\r?\n', '', 'g') as body,
          lower(recipient || ' ' || subject || ' ') as head
      ) said
      where exists (select from unnest(${traces.plain}::text[]) as trace
          where strpos(head, trace) > 0 or strpos(lower(body), encode(convert_to(trace, 'UTF8'), 'escape')) > 0)
        or exists (select from unnest(${traces.base64}::text[]) as trace where strpos(body, trace) > 0)
    )`.execute(tx)
}

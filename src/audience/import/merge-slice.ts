import { type RawBuilder, sql } from 'kysely'
import type { Database, Tx } from '../../../db/database.js'
import type { Import, ImportCounts } from '../../../db/tables/import.js'
import { FORMER_ADDRESS_REFUSAL, isFormerAddress } from '../former-addresses.js'
import { hasLeft } from '../has-left-sql.js'
import { strengthening } from '../stronger-suppression.js'
import { suppressedDomain } from '../suppressed-sql.js'
import { ROUND } from './place.js'

/** Thrown within a slice that somebody else has taken, or whose import was stopped: nothing of it is kept. */
class NotOurs extends Error {}
/** Somebody changed one of these people in the same moment. */
class Changed extends Error {}

const TRIES = 5
/** A row that appeared, went or was held meanwhile: the same slice again sees how things stand now. */
const AGAIN = new Set(['23505', '23503', '40P01', '40001'])

export type Slice = {
  one: Pick<Import, 'id' | 'list_id' | 'source' | 'existing' | 'status'>
  /** The rows behind `from` up to `to`, all of one round. */
  from: number
  to: number
  now: Date
}

/**
 * Merges a slice of staged rows in one transaction that also notes how far the import has come: people, subscriptions, evidence, suppressions and refusals.
 * While an import is only checked, it counts and changes nobody. Returns how many people have been added by now; null: the import was stopped,
 * or somebody else has merged these rows.
 */
export async function mergeSlice(db: Database, slice: Slice): Promise<number | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute((tx) => merge(tx, slice))
    } catch (error) {
      if (error instanceof NotOurs) return null
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (attempt === TRIES || !(error instanceof Changed || AGAIN.has(code))) throw error
    }
  }
}

async function merge(tx: Tx, slice: Slice): Promise<number> {
  // Plans made while a table was small must not survive its growth, and a crash may take back whole slices but no half of one.
  await sql`set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off;
    set local synchronous_commit = off; set local jit = off`.execute(tx)
  const isCheck = slice.one.status === 'checking'
  if (!isCheck)
    await sql`select p.id from import_row r join subscriber p on p.email_key = r.email_key
      where ${ofSlice(slice)} order by p.id for update of p`.execute(tx)
  const { rows } = await sql<Tally>`
    with judged as materialized (${judged(slice)}),
    ${isCheck ? sql`` : writes(slice)}
    refusals as (
      insert into import_refusal (import_id, place, file_no, line, email_key, reason, cells)
      select import_id, place, file_no, line, case when not is_erased then email_key end, coalesce(refusal, judgement),
        case when is_erased then '[]' else cells end
      from judged where verdict = 'refused')
    select verdict, count(*) as people from judged group by verdict
    ${isCheck ? sql`` : sql`union all select 'escaped', (select count(*) from judged where is_moved) - (select count(*) from moved)`}
  `.execute(tx)
  if (rows.some(({ verdict, people }) => verdict === 'escaped' && people > 0)) throw new Changed()
  return note(tx, slice, rows)
}

/** `escaped`: subscriptions that somebody else has moved while we looked. */
type Tally = { verdict: keyof ImportCounts | 'escaped'; people: number }

async function note(tx: Tx, { one, from, to }: Slice, rows: readonly Tally[]): Promise<number> {
  const count = (verdict: keyof ImportCounts) => rows.find((row) => row.verdict === verdict)?.people ?? 0
  const done = await tx
    .updateTable('import')
    .set(({ eb }) => ({
      place: to,
      added: eb('added', '+', count('added')),
      updated: eb('updated', '+', count('updated')),
      unchanged: eb('unchanged', '+', count('unchanged')),
      refused: eb('refused', '+', count('refused')),
    }))
    .where('id', '=', one.id)
    .where('status', '=', one.status)
    .where('place', '=', from)
    .returning('added')
    .executeTakeFirst()
  if (!done) throw new NotOurs()
  return done.added
}

function ofSlice({ one, from, to }: Slice): RawBuilder<boolean> {
  return sql<boolean>`r.import_id = ${one.id} and r.place > ${from} and r.place <= ${to}`
}

const FIELDS = {
  leave: sql`s.old_fields`,
  fill: sql`coalesce(s.fields, '{}') || s.old_fields`,
  overwrite: sql`s.old_fields || coalesce(s.fields, '{}')`,
}
const LANGUAGE = {
  leave: sql`s.old_language`,
  fill: sql`coalesce(s.old_language, s.language)`,
  overwrite: sql`coalesce(s.language, s.old_language)`,
}

// What a row says of when somebody agreed.
const saidTimes = sql`(values ('1', 'requested', s.agreed_at), ('2', 'confirmed', s.confirmed_at)) e (no, kind, occurred_at)`

function isKept({ list_id }: Slice['one']): RawBuilder<boolean> {
  return sql<boolean>`exists (select from consent_event kept where kept.subscriber_id = s.known_id
    and kept.occurred_at = e.occurred_at and kept.list_id = ${list_id} and kept.kind = e.kind)`
}

/** Each row with what is known of the person, what becomes of it, and for a refused one why. */
function judged(slice: Slice): RawBuilder<unknown> {
  const { one } = slice
  const isLater = sql`s.place >= ${ROUND}::bigint`
  return sql`
    select s.*, k.has_news, v.verdict, v.judgement,
      v.verdict = 'updated' and s.status is not null and (s.rank = 0 and s.status = 'pending' or s.rank = 1 and s.status <> 'unsubscribed') as is_moved
    from (
      select r.*, p.id as known_id, p.fields as old_fields, p.language as old_language, t.status,
        k.email_key is not null as is_stopped,
        k.email_key is not null or ${sql.raw(suppressedDomain('r.email_key'))} or x.is_erased as is_suppressed, x.is_erased,
        ${sql.raw(hasLeft('t'))} as has_left, p.id is null and ${sql.raw(isFormerAddress('r.email_key'))} as is_given_up
      from import_row r
        left join subscriber p on p.email_key = r.email_key
        left join subscription t on t.list_id = ${one.list_id} and t.subscriber_id = p.id
        left join suppression k on k.email_key = r.email_key
        cross join lateral (select exists (
          select from suppression e where e.address_hash = any(r.address_hashes)) as is_erased) x
      where ${ofSlice(slice)} offset 0
    ) s cross join lateral (select s.rank = 0 and coalesce(s.status = 'confirmed', false) and exists (
      select from ${saidTimes} where e.occurred_at is not null and not ${isKept(one)}) as has_news) k
    cross join lateral (select ${FIELDS[one.existing]} as new_fields, ${LANGUAGE[one.existing]} as new_language) n
    cross join lateral (select
      case
        when s.refusal is not null then null
        when s.is_suppressed and s.rank = 0 then 'This address must not get mail: it is suppressed.'
        when s.rank = 0 and s.has_left and s.status = 'pending' then 'This person has left the list, and has not confirmed coming back.'
        when s.rank = 0 and s.has_left then 'This person has left the list, and can come back only by signing up.'
        when s.rank = 0 and s.is_given_up then ${FORMER_ADDRESS_REFUSAL}::text
      end as judgement) j
    cross join lateral (select j.judgement,
      case
        when s.refusal is not null or j.judgement is not null then 'refused'
        when s.rank > 0 and s.is_suppressed and (s.rank = 2 or s.known_id is null) then 'unchanged'
        when s.rank = 1 and s.status = 'unsubscribed' then 'unchanged'
        when s.known_id is null then case when ${isLater} then 'updated' else 'added' end
        when s.rank > 0 or s.status is null or s.status = 'pending' then 'updated'
        when k.has_news or n.new_fields is distinct from s.old_fields or n.new_language is distinct from s.old_language then 'updated'
        else 'unchanged'
      end as verdict) v`
}

/** What a slice writes, as further parts of a statement that begins with `judged`. */
function writes({ one, now }: Slice): RawBuilder<unknown> {
  const [at, listId, source] = [sql`${now}::timestamptz`, sql`${one.list_id}::uuid`, sql`${one.source}::text`]
  const joins = sql`verdict in ('added', 'updated') and rank < 2 and (status is null or is_moved)`
  const { fields, language } = { fields: FIELDS[one.existing], language: LANGUAGE[one.existing] }
  const agreed = sql`coalesce(s.agreed_at, s.confirmed_at)`
  const confirmed = sql`coalesce(s.confirmed_at, s.agreed_at)`
  // The events of a row are called as its person would be, but for the last digit: making three more ids costs as much as storing them.
  return sql`
    people as (
      insert into subscriber (id, email, email_key, fields, language, created_at)
      select fresh_id, email, email_key, coalesce(fields, '{}'), language, ${at} from judged s
      where known_id is null and rank < 2 and verdict in ('added', 'updated')),
    revised as (
      update subscriber p set fields = ${fields}, language = ${language} from judged s
      where p.id = s.known_id and s.verdict = 'updated' and s.rank = 0
        and (${fields} is distinct from s.old_fields or ${language} is distinct from s.old_language)),
    joined as (
      insert into subscription (list_id, subscriber_id, status, created_at, confirmed_at, unsubscribed_at, unsubscribe_channel)
      select ${listId}, coalesce(known_id, fresh_id), case rank when 0 then 'confirmed' else 'unsubscribed' end,
        coalesce(${agreed}, ${at}), case rank when 0 then coalesce(${confirmed}, ${at}) else ${confirmed} end,
        case rank when 1 then coalesce(left_at, ${at}) end, case rank when 1 then 'admin' end
      from judged s where verdict in ('added', 'updated') and rank < 2 and status is null),
    moved as (
      update subscription t set status = case s.rank when 0 then 'confirmed' else 'unsubscribed' end,
        confirmed_at = case s.rank when 0 then coalesce(${confirmed}, ${at}) else t.confirmed_at end,
        unsubscribed_at = case s.rank when 1 then coalesce(s.left_at, ${at}) end,
        unsubscribe_channel = case s.rank when 1 then 'admin' end
      from judged s where s.is_moved and t.list_id = ${listId} and t.subscriber_id = s.known_id and t.status = s.status
      returning 1),
    evidence as (
      insert into consent_event (id, subscriber_id, list_id, kind, channel, note, occurred_at)
      select overlay(fresh_id::text placing e.no from 36)::uuid, coalesce(known_id, fresh_id), ${listId}, e.kind, 'import', ${source},
        e.occurred_at
      from judged s cross join lateral (select * from ${saidTimes} where not has_news or not ${isKept(one)} union all values
        ('3', case rank when 0 then 'added' else 'withdrawn' end, case rank when 0 then ${at} else coalesce(left_at, ${at}) end)
      ) e (no, kind, occurred_at)
      where (${joins} or verdict = 'updated' and has_news and e.no < '3') and e.occurred_at is not null),
    stopped as (
      insert into suppression (id, email_key, reason, note, created_at)
      select new_id(${at}), email_key, reason, ${source}, ${at} from judged s
      where rank = 2 and (verdict in ('added', 'updated') or is_stopped)
      ${sql.raw(strengthening('email_key'))}),`
}

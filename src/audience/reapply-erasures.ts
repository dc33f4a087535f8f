import type { Database } from '../../db/database.js'
import { newId } from '../../db/uuid.js'
import type { JournalEntry } from '../erasure-journal.js'
import type { SecretKey } from '../secrets.js'
import { type ErasureNeeds, eraseAddress } from './erase-subscriber.js'
import { suppressionHash } from './suppression-hash.js'

export type Reapplied = {
  entries: number
  /** People whom a backup had brought back. */
  erased: number
  /** Entries whose secret key is not in SECRET_KEYS any more, so that nobody can be recognised by them. */
  unreadable: number
}

const PAGE = 10_000

/**
 * After a backup was restored, erases again everybody whom it brought back, and puts back the hashes and the journal that it lacks. Who signed
 * up anew after an erasure stays. Doing it again changes nothing.
 */
export async function reapplyErasures(
  ctx: ErasureNeeds,
  entries: readonly JournalEntry[],
): Promise<Reapplied> {
  const latest = latestByHash(entries)
  const keys = ctx.keys.filter(({ kid }) => entries.some(({ keyId }) => keyId === kid))
  const returned = new Set<string>()
  let erased = 0
  for await (const { email, emailKey, since } of knownAddresses(ctx.db)) {
    const entry = entryOf(latest, keys, emailKey)
    if (!entry) continue
    if (since && since > entry.erasedAt) returned.add(entry.hash.toString('hex'))
    else {
      await eraseAddress(ctx, { email, by: null })
      erased += 1
    }
  }
  await putBack(ctx.db, [...latest.values()], returned)
  const unreadable = entries.filter(({ keyId }) => !ctx.keys.some(({ kid }) => kid === keyId)).length
  return { entries: entries.length, erased, unreadable }
}

function latestByHash(entries: readonly JournalEntry[]): Map<string, JournalEntry> {
  const latest = new Map<string, JournalEntry>()
  for (const entry of entries) {
    const hash = entry.hash.toString('hex')
    const before = latest.get(hash)
    if (!before || before.erasedAt < entry.erasedAt) latest.set(hash, entry)
  }
  return latest
}

function entryOf(latest: ReadonlyMap<string, JournalEntry>, keys: readonly SecretKey[], emailKey: string) {
  const found = keys.flatMap((key) => latest.get(suppressionHash(key, emailKey).toString('hex')) ?? [])
  return found.sort((a, b) => b.erasedAt.getTime() - a.erasedAt.getTime())[0]
}

type Known = { email: string; emailKey: string; since: Date | null }

/** Every address of a subscriber with the time since when we have it, then those that only a suppression names. */
async function* knownAddresses(db: Database): AsyncGenerator<Known> {
  for (const table of ['subscriber', 'suppression'] as const) {
    let after = '00000000-0000-0000-0000-000000000000'
    for (;;) {
      const rows =
        table === 'subscriber' ? await subscribersAfter(db, after) : await suppressedAfter(db, after)
      for (const { id: _, ...known } of rows) yield known
      if (rows.length < PAGE) break
      after = rows.at(-1)?.id ?? after
    }
  }
}

function subscribersAfter(db: Database, after: string) {
  return db
    .selectFrom('subscriber')
    .select(['id', 'email', 'email_key as emailKey', 'created_at as since'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(PAGE)
    .execute()
}

async function suppressedAfter(db: Database, after: string) {
  const rows = await db
    .selectFrom('suppression')
    .select(['id', 'email_key', 'created_at as since'])
    .where('id', '>', after)
    .where('email_key', 'is not', null)
    .orderBy('id')
    .limit(PAGE)
    .execute()
  return rows.map(({ id, email_key, since }) => ({
    id,
    since,
    email: email_key ?? '',
    emailKey: email_key ?? '',
  }))
}

async function putBack(
  db: Database,
  entries: readonly JournalEntry[],
  returned: ReadonlySet<string>,
): Promise<void> {
  for (const { hash, keyId, erasedAt } of entries) {
    const hashed = { address_hash: hash, key_id: keyId }
    if (!returned.has(hash.toString('hex')))
      await db
        .insertInto('suppression')
        .values({ id: newId(erasedAt), email_key: null, ...hashed, reason: 'erased', created_at: erasedAt })
        .onConflict((conflict) => conflict.column('address_hash').doNothing())
        .execute()
    const isKnown = await db
      .selectFrom('erasure')
      .select('id')
      .where('address_hash', '=', hash)
      .where('erased_at', '>=', erasedAt)
      .executeTakeFirst()
    if (!isKnown)
      await db
        .insertInto('erasure')
        .values({ id: newId(erasedAt), ...hashed, erased_at: erasedAt, subscriber_id: null })
        .execute()
  }
}

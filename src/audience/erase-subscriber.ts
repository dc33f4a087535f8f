import type { DatabaseOrTx, Tx } from '../../db/database.js'
import { newId } from '../../db/uuid.js'
import { addressTraces } from '../address-traces.js'
import type { Context } from '../context.js'
import { InvalidError, NotFoundError } from '../errors.js'
import { recordAudit } from '../record-audit.js'
import { parseAddress } from './address.js'
import { allowErasing } from './allow-erasing.js'
import { ensureSubscriber } from './ensure-subscriber.js'
import type { Erasing } from './erasure/erasing.js'
import { forgetEverywhere } from './erasure/forget-everywhere.js'
import { keepEvidence } from './erasure/keep-evidence.js'
import { suppressionHash } from './suppression-hash.js'

export type ErasureNeeds = Pick<Context, 'db' | 'clock' | 'keys' | 'keptMail' | 'journal' | 'log'>

/**
 * Removes a person from everywhere, with every address that they have had: subscriptions, evidence, notes, captured mail, the words of mail servers. Left are the sums of issues and
 * keyed hashes that keep the addresses from coming back by import or by hand; the person alone may come back, by signing up. Throws `NotFoundError`.
 */
export async function eraseSubscriber(
  ctx: ErasureNeeds,
  { subscriberId, by }: { subscriberId: string; by: string | null },
): Promise<void> {
  const person = await ctx.db
    .selectFrom('subscriber')
    .select(['email', 'email_key as emailKey'])
    .where('id', '=', subscriberId)
    .executeTakeFirst()
  if (!person) throw new NotFoundError('There is no such subscriber.')
  await erase(ctx, { ...person, by })
}

/** Removes whoever has this address, also where it is no subscriber's; `wasSubscriber` says which. Throws `InvalidError`. */
export async function eraseAddress(
  ctx: ErasureNeeds,
  { email, by }: { email: string; by: string | null },
): Promise<{ wasSubscriber: boolean }> {
  const address = parseAddress(email)
  if ('problem' in address) throw new InvalidError({ email: address.problem })
  return erase(ctx, { email: address.email, emailKey: address.key, by })
}

type Person = { email: string; emailKey: string; by: string | null }
type Spelling = { email: string; emailKey: string }

async function erase(ctx: ErasureNeeds, { by, ...typed }: Person): Promise<{ wasSubscriber: boolean }> {
  // Before the rows: whoever repeats an erasure that broke off here finds the person still to be erased.
  await ctx.keptMail.forget(spellingsOf([typed, ...(await formerSpellings(ctx.db, typed))]))
  return ctx.db.transaction().execute(async (tx) => {
    const now = ctx.clock.now()
    const own = [typed, ...(await formerSpellings(tx, typed))]
    const locked: Locked[] = []
    for (const one of own) locked.push(await lock(tx, one, now))
    const subscriberIds = locked.flatMap(({ id, isNew }) => (isNew ? [] : id))
    const spellings = spellingsOf([...own, ...locked])
    const emailKeys = own.map(({ emailKey }) => emailKey) as [string, ...string[]]
    const traces = addressTraces(spellings)
    const lower = [...new Set(spellings.map((one) => one.toLowerCase()))]
    const erasing: Erasing = { tx, now, subscriberIds, emailKeys, spellings: lower, traces }
    await allowErasing(tx)
    await keepEvidence(erasing, ctx.keys)
    await forgetEverywhere(erasing)
    await noteErasure(ctx, erasing, { locked, by })
    const gone = locked.map(({ id }) => id)
    await tx.deleteFrom('subscriber').where('id', 'in', gone).execute()
    return { wasSubscriber: locked[0]?.isNew === false }
  })
}

/** The addresses that whoever has this one had before. */
async function formerSpellings(db: DatabaseOrTx, { emailKey }: Spelling): Promise<Spelling[]> {
  return db
    .selectFrom('former_address')
    .innerJoin('subscriber', 'subscriber.id', 'former_address.subscriber_id')
    .select(['former_address.email', 'former_address.email_key as emailKey'])
    .where('subscriber.email_key', '=', emailKey)
    .where('former_address.email_key', '!=', emailKey)
    .orderBy('former_address.email_key')
    .execute()
}

function spellingsOf(all: readonly Spelling[]): string[] {
  return [...new Set(all.flatMap(({ email, emailKey }) => [email, emailKey]))]
}

type Locked = Spelling & { id: string; isNew: boolean }

/** Keeps everybody else from the address until the erasure is over, also where no subscriber has it: the row then lives no longer than that. */
async function lock(tx: Tx, { email, emailKey }: Spelling, now: Date): Promise<Locked> {
  const subscriber = await ensureSubscriber(tx, { email, key: emailKey }, { language: null, now })
  const { id } = subscriber
  const row = await tx.selectFrom('subscriber').select('email').where('id', '=', id).executeTakeFirst()
  return { ...subscriber, email: row?.email ?? email, emailKey }
}

/** Keeps the hashes, and that there was an erasure: in the database, in the audit and, for backups, in a file. */
async function noteErasure(
  ctx: ErasureNeeds,
  { tx, now, subscriberIds }: Erasing,
  { locked, by }: { locked: readonly Locked[]; by: string | null },
): Promise<void> {
  const mails = await tx
    .selectFrom('subscriber_mail')
    .select('id')
    .where((eb) => eb('subscriber_id', '=', eb.fn.any(eb.val([...subscriberIds]))))
    .where('kind', '=', 'erase')
    .execute()
  const ids: string[] = []
  for (const one of locked)
    ids.push(await noteHash(ctx, { tx, now, one, mailIds: mails.map(({ id }) => id) }))
  await recordAudit(tx, { action: 'erase-subscriber', subjectIds: ids, by, now })
}

async function noteHash(
  { keys, journal, log }: ErasureNeeds,
  { tx, now, one, mailIds }: { tx: Tx; now: Date; one: Locked; mailIds: string[] },
): Promise<string> {
  const hash = suppressionHash(keys[0], one.emailKey)
  const hashed = { address_hash: hash, key_id: keys[0].kid }
  await tx
    .insertInto('suppression')
    .values({ id: newId(now), email_key: null, ...hashed, reason: 'erased', created_at: now })
    .onConflict((conflict) => conflict.column('address_hash').doNothing())
    .execute()
  const id = newId(now)
  const subscriber_id = one.isNew ? null : one.id
  await tx
    .insertInto('erasure')
    .values({ id, ...hashed, erased_at: now, subscriber_id, mail_ids: mailIds })
    .execute()
  // A line too many does no harm, and one that cannot be written must not keep anybody from being erased.
  await journal.append({ erasedAt: now, keyId: keys[0].kid, hash }).catch((error: Error) => {
    log.error({ reason: error.message }, 'an erasure is missing in the journal file; the database has it')
  })
  return id
}

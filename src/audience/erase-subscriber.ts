import type { Tx } from '../../db/database.js'
import { newId } from '../../db/uuid.js'
import { addressTraces } from '../address-traces.js'
import type { Context } from '../context.js'
import { InvalidError, NotFoundError } from '../errors.js'
import { recordAudit } from '../record-audit.js'
import { parseAddress } from './address.js'
import { allowErasing } from './allow-erasing.js'
import type { Erasing } from './erasure/erasing.js'
import { forgetEverywhere } from './erasure/forget-everywhere.js'
import { keepEvidence } from './erasure/keep-evidence.js'
import { suppressionHash } from './suppression-hash.js'

export type ErasureNeeds = Pick<Context, 'db' | 'clock' | 'keys' | 'keptMail' | 'journal' | 'log'>

/**
 * Removes a person from everywhere: subscriptions, evidence, notes, captured mail, the words of mail servers. Left are the sums of issues and a
 * keyed hash that keeps the address from coming back by import or by hand; the person alone may come back, by signing up. Throws `NotFoundError`.
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

async function erase(ctx: ErasureNeeds, { by, ...typed }: Person): Promise<{ wasSubscriber: boolean }> {
  // Before the rows: whoever repeats an erasure that broke off here finds the person still to be erased.
  await ctx.keptMail.forget([typed.email, typed.emailKey])
  return ctx.db.transaction().execute(async (tx) => {
    const found = await lockSubscriber(tx, typed.emailKey)
    const email = found?.email ?? typed.email
    const traces = addressTraces([typed.email, email, typed.emailKey])
    const now = ctx.clock.now()
    const subscriberId = found?.id ?? null
    const erasing: Erasing = { tx, now, subscriberId, email, emailKey: typed.emailKey, traces }
    await allowErasing(tx)
    await keepEvidence(erasing, ctx.keys)
    await forgetEverywhere(erasing)
    if (found) await tx.deleteFrom('subscriber').where('id', '=', found.id).execute()
    await noteErasure(ctx, erasing, by)
    return { wasSubscriber: found !== undefined }
  })
}

async function lockSubscriber(tx: Tx, emailKey: string): Promise<{ id: string; email: string } | undefined> {
  return tx
    .selectFrom('subscriber')
    .select(['id', 'email'])
    .where('email_key', '=', emailKey)
    .forUpdate()
    .executeTakeFirst()
}

/** Keeps the hash, and that there was an erasure: in the database, in the audit and, for backups, in a file. */
async function noteErasure(
  { keys, journal, log }: ErasureNeeds,
  { tx, now, subscriberId, emailKey }: Erasing,
  by: string | null,
): Promise<void> {
  const hash = suppressionHash(keys[0], emailKey)
  const hashed = { address_hash: hash, key_id: keys[0].kid }
  await tx
    .insertInto('suppression')
    .values({ id: newId(now), email_key: null, ...hashed, reason: 'erased', created_at: now })
    .onConflict((conflict) => conflict.column('address_hash').doNothing())
    .execute()
  const id = newId(now)
  await tx
    .insertInto('erasure')
    .values({ id, ...hashed, erased_at: now, subscriber_id: subscriberId })
    .execute()
  await recordAudit(tx, { action: 'erase-subscriber', subjectIds: [id], by, now })
  // A line too many does no harm, and one that cannot be written must not keep anybody from being erased.
  await journal.append({ erasedAt: now, keyId: keys[0].kid, hash }).catch((error: Error) => {
    log.error({ reason: error.message }, 'an erasure is missing in the journal file; the database has it')
  })
}

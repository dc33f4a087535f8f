import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'
import type { Suppression } from '../../db/tables/suppression.js'
import { newId } from '../../db/uuid.js'
import type { Clock } from '../clock.js'
import { InvalidError } from '../errors.js'
import type { KeyRing } from '../secrets.js'
import { parseAddress } from './address.js'
import { strengthening } from './stronger-suppression.js'
import { suppressionHashes } from './suppression-hash.js'

/** Stops every mail to an address from the next claim on; of an address that is suppressed the graver reason stays. Throws `InvalidError`. */
export async function suppressAddress(
  { db, clock }: { db: DatabaseOrTx; clock: Clock },
  { email, reason, note = '' }: { email: string; reason: Suppression['reason']; note?: string },
): Promise<void> {
  const address = parseAddress(email)
  if ('problem' in address) throw new InvalidError({ email: address.problem })
  const now = clock.now()
  await db
    .insertInto('suppression')
    .values({ id: newId(now), email_key: address.key, reason, note, created_at: now })
    .modifyEnd(sql.raw(strengthening('email_key')))
    .execute()
}

type Needs = { db: DatabaseOrTx; keys: KeyRing }

/** What forbids mail to this comparable address: its own suppression, that of somebody erased, or that of its domain, in this order; or null. */
export async function findSuppression({ db, keys }: Needs, emailKey: string): Promise<Suppression | null> {
  const host = emailKey.slice(emailKey.lastIndexOf('@') + 1)
  const found = await db
    .selectFrom('suppression')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('email_key', '=', emailKey),
        eb('address_hash', 'in', suppressionHashes(keys, emailKey)),
        eb.and([
          sql<boolean>`domain = any (domains_over(${host}))`,
          eb.or([eb('includes_subdomains', '=', true), eb('domain', '=', host)]),
        ]),
      ]),
    )
    .orderBy(sql`email_key is null`)
    .orderBy(sql`address_hash is null`)
    .limit(1)
    .executeTakeFirst()
  return found ?? null
}

/** Whether mail to this comparable address is forbidden, for itself, its domain, or as that of somebody erased. */
export async function isSuppressed(needs: Needs, emailKey: string): Promise<boolean> {
  return (await findSuppression(needs, emailKey)) !== null
}

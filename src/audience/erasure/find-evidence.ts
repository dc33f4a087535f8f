import type { KeptEvidence } from '../../../db/tables/kept-evidence.js'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { parseAddress } from '../address.js'
import { suppressionHashes } from '../suppression-hash.js'

/** What somebody who was erased had agreed to, the latest erasure first; none where nothing was kept. Throws `InvalidError`. */
export async function findEvidence(
  { db, keys }: Pick<Context, 'db' | 'keys'>,
  email: string,
): Promise<Pick<KeptEvidence, 'erased_at' | 'events'>[]> {
  const address = parseAddress(email)
  if ('problem' in address) throw new InvalidError({ email: address.problem })
  return db
    .selectFrom('kept_evidence')
    .select(['erased_at', 'events'])
    .where('address_hash', 'in', suppressionHashes(keys, address.key))
    .orderBy('erased_at', 'desc')
    .execute()
}

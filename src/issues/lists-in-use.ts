import type { Tx } from '../../db/database.js'

/** Those of the lists that an issue can go to, held until the transaction ends: they cannot be archived meanwhile. */
export async function listsInUse(tx: Tx, listIds: readonly string[]): Promise<string[]> {
  if (listIds.length === 0) return []
  const rows = await tx
    .selectFrom('list')
    .select('id')
    .where('id', 'in', [...new Set(listIds)])
    .where('archived_at', 'is', null)
    .orderBy('id')
    .forShare()
    .execute()
  return rows.map(({ id }) => id)
}

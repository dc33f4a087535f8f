import type { DatabaseOrTx } from '../../db/database.js'

/** Every list in use by name, without counting anybody. */
export async function listNames({ db }: { db: DatabaseOrTx }): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('list')
    .select(['id', 'name'])
    .where('archived_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()
}

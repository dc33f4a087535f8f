import type { Database, DatabaseOrTx } from '../../../db/database.js'
import type { Import } from '../../../db/tables/import.js'
import { NotFoundError } from '../../errors.js'

export type ImportRecord = Import & { listName: string | null; by: string | null }

const SHOWN = 50

/** The imports of late, the newest first. */
export async function imports({ db }: { db: DatabaseOrTx }): Promise<ImportRecord[]> {
  return recordsOf(db)
    .orderBy('import.created_at', 'desc')
    .orderBy('import.id', 'desc')
    .limit(SHOWN)
    .execute()
}

/** One import. Throws `NotFoundError`. */
export async function importRecord({ db }: { db: DatabaseOrTx }, importId: string): Promise<ImportRecord> {
  const found = await recordsOf(db).where('import.id', '=', importId).executeTakeFirst()
  if (!found) throw new NotFoundError('There is no such import.')
  return found
}

function recordsOf(db: DatabaseOrTx | Database) {
  return db
    .selectFrom('import')
    .leftJoin('list', 'list.id', 'import.list_id')
    .leftJoin('account', 'account.id', 'import.created_by')
    .selectAll('import')
    .select(['list.name as listName', 'account.name as by'])
}

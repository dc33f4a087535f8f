import type { DatabaseOrTx } from '../../../db/database.js'
import type { Field } from '../../../db/tables/field.js'

/** The fields that a file can fill: those in use, in their order. */
export async function importFields(db: DatabaseOrTx): Promise<Field[]> {
  return db
    .selectFrom('field')
    .selectAll()
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('key')
    .execute()
}

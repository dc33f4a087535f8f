import type { DatabaseOrTx } from '../../db/database.js'
import type { Field } from '../../db/tables/field.js'

/** The fields that people see of themselves on pages and forms, in their order. */
export async function fieldsOnForms({
  db,
}: {
  db: DatabaseOrTx
}): Promise<Pick<Field, 'key' | 'label' | 'type' | 'choices' | 'words'>[]> {
  return db
    .selectFrom('field')
    .select(['key', 'label', 'type', 'choices', 'words'])
    .where('is_on_forms', '=', true)
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('key')
    .execute()
}

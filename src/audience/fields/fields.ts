import type { DatabaseOrTx } from '../../../db/database.js'
import type { Field } from '../../../db/tables/field.js'
import { NotFoundError } from '../../errors.js'

/** Every field in its order; those in the archive come last, and not at all unless they are asked for. */
export async function fields(
  { db }: { db: DatabaseOrTx },
  { isArchiveShown = false }: { isArchiveShown?: boolean } = {},
): Promise<Field[]> {
  return db
    .selectFrom('field')
    .selectAll()
    .$if(!isArchiveShown, (query) => query.where('archived_at', 'is', null))
    .orderBy('archived_at', (order) => order.asc().nullsFirst())
    .orderBy('position')
    .orderBy('key')
    .execute()
}

/** One field. Throws `NotFoundError`. */
export async function fieldOf({ db }: { db: DatabaseOrTx }, key: string): Promise<Field> {
  const field = /^[A-Z0-9_]+$/.test(key)
    ? await db.selectFrom('field').selectAll().where('key', '=', key).executeTakeFirst()
    : undefined
  if (!field) throw new NotFoundError('There is no such field.')
  return field
}

import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { type ListFields, listColumns } from './list-form.js'

/** Saves what a list's form holds; its slug stays, since mails carry it. Throws `NotFoundError`. */
export async function reviseList(
  { db }: Pick<Context, 'db'>,
  listId: string,
  fields: ListFields,
): Promise<void> {
  const saved = await db
    .updateTable('list')
    .set(listColumns(fields))
    .where('id', '=', listId)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  if (saved.numUpdatedRows !== 1n) throw new NotFoundError('There is no such list.')
}

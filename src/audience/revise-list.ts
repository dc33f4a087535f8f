import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import type { ListFields } from './list-form.js'

/** Saves a list's name, description, language, whether anybody may join and whether issues need approval; its slug stays, since mails carry it. Throws `NotFoundError`. */
export async function reviseList(
  { db }: Pick<Context, 'db'>,
  listId: string,
  { name, description, language, isPublic, needsApproval }: ListFields,
): Promise<void> {
  const saved = await db
    .updateTable('list')
    .set({ name, description, language, is_public: isPublic, needs_approval: needsApproval })
    .where('id', '=', listId)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  if (saved.numUpdatedRows !== 1n) throw new NotFoundError('There is no such list.')
}

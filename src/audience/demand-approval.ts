import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'

/** Says whether only approved issues may be scheduled for a list. Throws `NotFoundError`. */
export async function demandApproval(
  { db }: Pick<Context, 'db'>,
  { listId, isDemanded }: { listId: string; isDemanded: boolean },
): Promise<void> {
  const saved = await db
    .updateTable('list')
    .set({ needs_approval: isDemanded })
    .where('id', '=', listId)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  if (saved.numUpdatedRows !== 1n) throw new NotFoundError('There is no such list.')
}

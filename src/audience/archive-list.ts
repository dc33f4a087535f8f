import type { Context } from '../context.js'
import { ConflictError, NotFoundError } from '../errors.js'

/**
 * Takes a list out of use: nobody can join it, drafts no longer go to it and no new issue can choose it; who was on it stays on record. Throws
 * `ConflictError` while an issue that goes to it is still on its way, `NotFoundError` for no list.
 */
export async function archiveList(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  listId: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const list = await tx
      .selectFrom('list')
      .select('id')
      .where('id', '=', listId)
      .forUpdate()
      .executeTakeFirst()
    if (!list) throw new NotFoundError('There is no such list.')
    const moving = await tx
      .selectFrom('issue')
      .innerJoin('issue_list', 'issue_list.issue_id', 'issue.id')
      .select('title')
      .where('list_id', '=', listId)
      .where('status', 'in', ['scheduled', 'sending', 'paused'])
      .executeTakeFirst()
    if (moving) throw new ConflictError(`The issue “${moving.title}” is on its way to this list.`)
    await tx
      .deleteFrom('issue_list')
      .using('issue')
      .whereRef('issue.id', '=', 'issue_list.issue_id')
      .where('issue.status', '=', 'draft')
      .where('issue_list.list_id', '=', listId)
      .execute()
    await tx
      .updateTable('list')
      .set({ archived_at: clock.now() })
      .where('id', '=', listId)
      .where('archived_at', 'is', null)
      .execute()
  })
}

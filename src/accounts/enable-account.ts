import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'

/** Lets a disabled account in again; throws `NotFoundError` when no disabled account has this id. */
export async function enableAccount({ db }: Pick<Context, 'db'>, accountId: string): Promise<void> {
  const enabled = await db
    .updateTable('account')
    .set({ disabled_at: null })
    .where('id', '=', accountId)
    .where('disabled_at', 'is not', null)
    .executeTakeFirst()
  if (enabled.numUpdatedRows !== 1n) throw new NotFoundError('There is no disabled account of this kind.')
}

import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'

/** Locks an account out at once; throws `ConflictError` for the last admin, so that somebody can still let people in. */
export async function disableAccount(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  accountId: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const admins = await tx
      .selectFrom('account')
      .select('id')
      .where('role', '=', 'admin')
      .where('disabled_at', 'is', null)
      .forUpdate()
      .execute()
    if (admins.length === 1 && admins[0]?.id === accountId)
      throw new ConflictError('This is the last admin. Invite another one first.')
    await tx
      .updateTable('account')
      .set({ disabled_at: clock.now() })
      .where('id', '=', accountId)
      .where('disabled_at', 'is', null)
      .execute()
    await tx.deleteFrom('session').where('account_id', '=', accountId).execute()
  })
}

import type { Context } from '../context.js'
import { InvalidError, NotFoundError } from '../errors.js'
import { hashPassword, isPasswordOf } from './password.js'
import { hashOfToken } from './secret-token.js'

/**
 * Sets an account's new password, given the present one, and signs its other browsers out. Throws `InvalidError` when the
 * present password is wrong.
 */
export async function changePassword(
  { db }: Pick<Context, 'db'>,
  accountId: string,
  change: { present: string; password: string; keepSession: string | null },
): Promise<void> {
  const account = await db
    .selectFrom('account')
    .select('password_hash')
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (!account) throw new NotFoundError('There is no such account.')
  if (!(await isPasswordOf(account.password_hash, change.present)))
    throw new InvalidError({ present: 'This is not your present password.' })
  const password_hash = await hashPassword(change.password)
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('account').set({ password_hash }).where('id', '=', accountId).execute()
    let others = tx.deleteFrom('session').where('account_id', '=', accountId)
    if (change.keepSession) others = others.where('token_hash', '!=', hashOfToken(change.keepSession))
    await others.execute()
  })
}

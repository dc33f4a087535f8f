import { sql } from 'kysely'
import type { Context } from '../context.js'
import { InvalidError, NotFoundError } from '../errors.js'
import type { AccountInput } from './account-form.js'

/** Saves an account's own name, address and time zone; throws `InvalidError` when the address belongs to another account. */
export async function reviseAccount(
  { db }: Pick<Context, 'db'>,
  accountId: string,
  input: AccountInput,
): Promise<void> {
  const taken = await db
    .selectFrom('account')
    .select('id')
    .where(sql<string>`lower(email)`, '=', input.email.toLowerCase())
    .where('id', '!=', accountId)
    .executeTakeFirst()
  if (taken) throw new InvalidError({ email: 'There is an account with this address already.' })
  const saved = await db.updateTable('account').set(input).where('id', '=', accountId).executeTakeFirst()
  if (saved.numUpdatedRows !== 1n) throw new NotFoundError('There is no such account.')
}

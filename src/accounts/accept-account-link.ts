import type { Tx } from '../../db/database.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { ExpiredError, InvalidError } from '../errors.js'
import type { NewAccountInput } from './account-form.js'
import { findAccountLink } from './find-account-link.js'
import { hashPassword } from './password.js'
import type { Role } from './role.js'
import { hashOfToken } from './secret-token.js'

/** What the link's form says: everything for a new account, or only a new password. */
export type Acceptance = NewAccountInput | { password: string }

/**
 * Uses an account link once: makes the account, or sets its new password and signs every browser of it out. Returns the account's id.
 * Throws `InvalidError` for an address that is taken, `NotFoundError` or `ExpiredError` for the link.
 */
export async function acceptAccountLink(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  token: string,
  input: Acceptance,
): Promise<string> {
  const now = clock.now()
  await findAccountLink({ db, clock }, token)
  const password_hash = await hashPassword(input.password)
  return db.transaction().execute(async (tx) => {
    const { role, region, account } = await findAccountLink({ db: tx, clock }, token)
    const used = await tx
      .updateTable('account_link')
      .set({ used_at: now })
      .where('token_hash', '=', hashOfToken(token))
      .where('used_at', 'is', null)
      .executeTakeFirst()
    if (used.numUpdatedRows !== 1n) throw new ExpiredError('This link has been used.')
    if (account) return renewPassword(tx, account.id, password_hash)
    if (!('email' in input)) throw new InvalidError({ email: 'Enter one complete e-mail address.' })
    if (role === 'admin' && !(await hasAdmin(tx))) await dropUnownedLinks(tx)
    const { name, email, time_zone } = input
    const places = { role, region, time_zone }
    return insertAccount(tx, { id: newId(now), name, email, ...places, password_hash, created_at: now })
  })
}

type NewAccount = Omit<NewAccountInput, 'password'> & {
  id: string
  role: Role
  region: string
  password_hash: string
  created_at: Date
}

async function insertAccount(tx: Tx, account: NewAccount): Promise<string> {
  const made = await tx
    .insertInto('account')
    .values({ ...account, disabled_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) throw new InvalidError({ email: 'There is an account with this address already.' })
  return made.id
}

async function renewPassword(tx: Tx, accountId: string, password_hash: string): Promise<string> {
  await tx.updateTable('account').set({ password_hash }).where('id', '=', accountId).execute()
  await tx.deleteFrom('session').where('account_id', '=', accountId).execute()
  return accountId
}

async function hasAdmin(tx: Tx): Promise<boolean> {
  const admin = await tx.selectFrom('account').select('id').where('role', '=', 'admin').executeTakeFirst()
  return admin !== undefined
}

// Every start without an admin prints a link of its own; once one of them was used, the others must not make more admins.
async function dropUnownedLinks(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('account_link')
    .where('used_at', 'is', null)
    .where('created_by', 'is', null)
    .where('account_id', 'is', null)
    .where('role', '=', 'admin')
    .execute()
}

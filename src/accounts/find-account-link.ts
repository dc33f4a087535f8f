import type { DatabaseOrTx } from '../../db/database.js'
import type { Context } from '../context.js'
import { ExpiredError, NotFoundError } from '../errors.js'
import type { Role } from './role.js'
import { hashOfToken } from './secret-token.js'

export type FoundAccountLink = {
  role: Role
  /** Of a partner: its region. */
  region: string
  /** Whose password it sets anew, or null when it makes an account. */
  account: { id: string; name: string; email: string } | null
}

/** What an account link is good for; throws `NotFoundError` for an unknown one and `ExpiredError` for one used or run out. */
export async function findAccountLink(
  { db, clock }: { db: DatabaseOrTx; clock: Context['clock'] },
  token: string,
): Promise<FoundAccountLink> {
  const link = await db
    .selectFrom('account_link')
    .leftJoin('account', 'account.id', 'account_link.account_id')
    .select(['account_link.role', 'account_link.region', 'used_at', 'expires_at', 'account_id'])
    .select(['account.name', 'account.email'])
    .where('token_hash', '=', hashOfToken(token))
    .executeTakeFirst()
  if (!link) throw new NotFoundError('This link is not one of ours. Please copy the whole of it.')
  if (link.used_at) throw new ExpiredError('This link has been used. Sign in, or ask an admin for a new one.')
  if (link.expires_at <= clock.now())
    throw new ExpiredError('This link has run out. Ask an admin for a new one.')
  const { account_id: id, name, email, role, region } = link
  return { role, region, account: id ? { id, name: name ?? '', email: email ?? '' } : null }
}

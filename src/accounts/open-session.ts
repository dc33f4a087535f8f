import type { Context } from '../context.js'
import { hashOfToken, newSecretToken } from './secret-token.js'

/** How long a session lasts without use. */
export const SESSION_MS = 14 * 24 * 3600 * 1000

/** Opens a session for an account and returns its secret, the cookie's value; sessions that ran out are cleared away. */
export async function openSession(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  accountId: string,
): Promise<string> {
  const now = clock.now()
  const token = newSecretToken()
  await db.deleteFrom('session').where('expires_at', '<=', now).execute()
  await db
    .insertInto('session')
    .values({
      token_hash: hashOfToken(token),
      account_id: accountId,
      csrf_token: newSecretToken(),
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + SESSION_MS),
    })
    .execute()
  return token
}

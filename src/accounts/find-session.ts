import type { Context } from '../context.js'
import { SESSION_MS } from './open-session.js'
import type { Role } from './role.js'
import { hashOfToken } from './secret-token.js'

/** Who is signed in, and the token that its forms carry. */
export type SignedIn = {
  account: { id: string; name: string; email: string; role: Role; region: string; timeZone: string }
  csrfToken: string
}

const NOTED_EVERY_MS = 5 * 60_000

/** Whose session a cookie opens, or null; using it moves its end, noted at most every five minutes. */
export async function findSession(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  token: string,
): Promise<SignedIn | null> {
  const now = clock.now()
  const token_hash = hashOfToken(token)
  const row = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select(['account.id', 'name', 'email', 'role', 'region', 'time_zone', 'csrf_token', 'last_seen_at'])
    .where('token_hash', '=', token_hash)
    .where('expires_at', '>', now)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  if (now.getTime() - row.last_seen_at.getTime() > NOTED_EVERY_MS)
    await db
      .updateTable('session')
      .set({ last_seen_at: now, expires_at: new Date(now.getTime() + SESSION_MS) })
      .where('token_hash', '=', token_hash)
      .execute()
  const { id, name, email, role, region, time_zone: timeZone } = row
  return { account: { id, name, email, role, region, timeZone }, csrfToken: row.csrf_token }
}

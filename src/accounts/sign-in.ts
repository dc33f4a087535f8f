import { sql } from 'kysely'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { openSession } from './open-session.js'
import { isPasswordOf } from './password.js'

/**
 * Signs an account in and returns the secret of its new session. Throws one and the same `InvalidError`, after the same work,
 * for an unknown address, a wrong password and a disabled account.
 */
export async function signIn(
  ctx: Pick<Context, 'db' | 'clock'>,
  { email, password }: { email: string; password: string },
): Promise<string> {
  const account = await ctx.db
    .selectFrom('account')
    .select(['id', 'password_hash', 'disabled_at'])
    .where(sql<string>`lower(email)`, '=', email.trim().toLowerCase())
    .executeTakeFirst()
  const isRight = await isPasswordOf(account?.password_hash ?? null, password)
  if (!account || !isRight || account.disabled_at)
    throw new InvalidError({ password: 'This address and password do not belong together.' })
  return openSession(ctx, account.id)
}

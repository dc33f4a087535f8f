import type { Context } from '../context.js'
import { createAccountLink } from './create-account-link.js'

/** While nobody can administer, a fresh link that makes an admin; null as soon as there is one. */
export async function ensureFirstAdminLink(
  ctx: Pick<Context, 'db' | 'clock' | 'config'>,
): Promise<string | null> {
  const admin = await ctx.db
    .selectFrom('account')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return admin ? null : createAccountLink(ctx, { role: 'admin', by: null })
}

import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import type { Role } from './role.js'
import { hashOfToken, newSecretToken } from './secret-token.js'

const VALID_MS = 7 * 24 * 3600 * 1000

export type NewAccountLink = {
  role: Role
  /** Of a new partner: the region it submits news for. */
  region?: string
  /** An account whose password the link sets anew; null: the link makes a new account. */
  accountId?: string | null
  /** Who asked for it; null for the command line and the first start. */
  by: string | null
}

/**
 * Makes a link that works once within seven days, and returns its address. It is shown once and kept only as a hash.
 * Throws `InvalidError` for a partner without a region.
 */
export async function createAccountLink(
  { db, clock, config }: Pick<Context, 'db' | 'clock' | 'config'>,
  { role, region = '', accountId = null, by }: NewAccountLink,
): Promise<string> {
  const isPartner = role === 'partner'
  if (isPartner && region.trim() === '') throw new InvalidError({ region: 'Say for which region.' })
  const now = clock.now()
  const token = newSecretToken()
  await db
    .insertInto('account_link')
    .values({
      token_hash: hashOfToken(token),
      role,
      region: isPartner ? region.trim() : '',
      account_id: accountId,
      created_by: by,
      created_at: now,
      expires_at: new Date(now.getTime() + VALID_MS),
      used_at: null,
    })
    .execute()
  return `${config.publicUrl}/account-links/${token}`
}

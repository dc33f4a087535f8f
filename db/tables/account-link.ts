import type { Generated, Selectable } from 'kysely'

/** A one-time link that makes an account or resets its password; only the hash of its token is kept. */
export type AccountLinkTable = {
  token_hash: Buffer
  role: 'coordinator' | 'operator' | 'admin' | 'partner'
  /** Of a partner, the region it submits news for; empty for everybody else. */
  region: Generated<string>
  account_id: string | null
  /** Null for a link of the command line or the first start. */
  created_by: string | null
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

export type AccountLink = Selectable<AccountLinkTable>

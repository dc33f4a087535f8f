import type { Selectable } from 'kysely'

/** A one-time link that makes an account or resets its password; only the hash of its token is kept. */
export type AccountLinkTable = {
  token_hash: Buffer
  role: 'coordinator' | 'operator' | 'admin'
  account_id: string | null
  /** Null for a link of the command line or the first start. */
  created_by: string | null
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

export type AccountLink = Selectable<AccountLinkTable>

import type { Generated, Selectable } from 'kysely'

/** What must not be mailed, and why: one address, every address of a domain, or somebody erased, of whom a keyed hash is left. */
export type SuppressionTable = {
  id: string
  /** Exactly one of `email_key`, `domain` (an A-label) and `address_hash` is set. */
  email_key: string | null
  domain: Generated<string | null>
  /** Of a domain: whether every domain below it is meant, too. */
  includes_subdomains: Generated<boolean>
  /** HMAC-SHA256 of the comparable address under the secret key `key_id`. */
  address_hash: Generated<Buffer | null>
  key_id: Generated<string | null>
  reason: 'hard-bounce' | 'complaint' | 'unsubscribe-all' | 'manual' | 'erased'
  note: Generated<string>
  created_at: Date
}

export type Suppression = Selectable<SuppressionTable>

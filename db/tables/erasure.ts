import type { Generated, Selectable } from 'kysely'

/** The journal of erasures: that somebody was erased, and when; of who it was only a keyed hash is left. */
export type ErasureTable = {
  id: string
  /** HMAC-SHA256 of the comparable address under the secret key `key_id`. */
  address_hash: Buffer
  key_id: string
  erased_at: Date
  /** Under which id the ledger may still learn what became of mail that was on the wire; null: nothing of it is left. */
  subscriber_id: string | null
  /** The mails whose link asked for it, which still says that it is done; nobody can be read from them. */
  mail_ids: Generated<string[]>
}

export type Erasure = Selectable<ErasureTable>

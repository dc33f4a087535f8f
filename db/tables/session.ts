import type { Selectable } from 'kysely'

/** A signed-in browser; only the hash of its cookie is kept. */
export type SessionTable = {
  token_hash: Buffer
  account_id: string
  csrf_token: string
  created_at: Date
  last_seen_at: Date
  expires_at: Date
}

export type Session = Selectable<SessionTable>

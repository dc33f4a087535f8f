import type { Generated, Selectable } from 'kysely'

/** Somebody who signs in. */
export type AccountTable = {
  id: string
  email: string
  name: string
  role: 'coordinator' | 'operator' | 'admin' | 'partner'
  /** Of a partner, the region it submits news for; empty for everybody else. */
  region: Generated<string>
  password_hash: string | null
  time_zone: Generated<string>
  created_at: Date
  disabled_at: Date | null
}

export type Account = Selectable<AccountTable>

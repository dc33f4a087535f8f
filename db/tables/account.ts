import type { Generated, Selectable } from 'kysely'

/** Somebody who signs in. */
export type AccountTable = {
  id: string
  email: string
  name: string
  role: 'coordinator' | 'operator' | 'admin'
  password_hash: string | null
  time_zone: Generated<string>
  created_at: Date
  disabled_at: Date | null
}

export type Account = Selectable<AccountTable>

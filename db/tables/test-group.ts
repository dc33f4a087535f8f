import type { Selectable } from 'kysely'

/** Addresses that get test mails together, under a name. */
export type TestGroupTable = {
  id: string
  name: string
  addresses: string[]
  created_by: string | null
  created_at: Date
}

export type TestGroup = Selectable<TestGroupTable>

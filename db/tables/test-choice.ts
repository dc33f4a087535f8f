import type { Selectable } from 'kysely'

/** To whom an account sent its last test, to be offered again. */
export type TestChoiceTable = {
  account_id: string
  /** As they were typed. */
  addresses: string
  group_ids: string[]
  chosen_at: Date
}

export type TestChoice = Selectable<TestChoiceTable>

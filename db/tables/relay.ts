import type { Generated, Selectable } from 'kysely'

/** A mail server that rests because of trouble of ours, and why; it says nothing about a reader. */
export type RelayTable = {
  name: string
  rests_until: Date | null
  stage: string | null
  code: number | null
  text: Generated<string>
  changed_at: Date
}

export type RelayState = Selectable<RelayTable>

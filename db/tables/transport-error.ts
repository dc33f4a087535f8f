import type { Selectable } from 'kysely'

/** Trouble of our own with a relay (connect, AUTH, MAIL FROM); it says nothing about a reader. */
export type TransportErrorTable = {
  id: string
  occurred_at: Date
  stage: string
  code: number | null
  text: string
}

export type TransportError = Selectable<TransportErrorTable>

import type { Generated, Selectable } from 'kysely'

/** A field that subscribers have; `key` is what a merge field names as contact.KEY. */
export type FieldTable = {
  key: string
  label: string
  type: Generated<'text' | 'number' | 'date' | 'yes-no' | 'choice'>
  /** Of a choice, in the order in which they are shown; else empty. */
  choices: Generated<string[]>
  is_on_forms: Generated<boolean>
  position: Generated<number>
  created_at: Date
  archived_at: Date | null
}

export type Field = Selectable<FieldTable>
export type FieldType = Field['type']

import type { ColumnType, Generated, Selectable } from 'kysely'

/** By language: a label, empty where it is the field's own, and the choices in the field's order, or none. */
export type FieldWords = Partial<Record<string, { label: string; choices: string[] }>>

/** A field that subscribers have; `key` is what a merge field names as contact.KEY. */
export type FieldTable = {
  key: string
  label: string
  type: Generated<'text' | 'number' | 'date' | 'yes-no' | 'choice'>
  /** Of a choice, in the order in which they are shown; else empty. */
  choices: Generated<string[]>
  /** For readers of other languages. */
  words: ColumnType<FieldWords, string | undefined, string>
  is_on_forms: Generated<boolean>
  position: Generated<number>
  created_at: Date
  archived_at: Date | null
}

export type Field = Selectable<FieldTable>
export type FieldType = Field['type']

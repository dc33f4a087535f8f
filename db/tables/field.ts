import type { Selectable } from 'kysely'

/** A field that subscribers have; `key` is what a merge field names as contact.KEY. */
export type FieldTable = {
  key: string
  label: string
  created_at: Date
}

export type Field = Selectable<FieldTable>

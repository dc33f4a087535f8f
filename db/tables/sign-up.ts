import type { ColumnType, Selectable } from 'kysely'

/** What somebody typed into a form, until a job has done what it asks for; gone then. */
export type SignUpTable = {
  id: string
  form_id: string
  form_version: number
  email: string
  list_ids: string[]
  fields: ColumnType<Record<string, string>, string, never>
  reader_language: string | null
  /** As it was shown. */
  consent_text: string
  language: string
  created_at: Date
}

export type SignUpRow = Selectable<SignUpTable>

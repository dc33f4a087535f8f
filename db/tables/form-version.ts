import type { Generated } from 'kysely'

/** What a form asked and said at a time; append-only, since evidence of consent names it. */
export type FormVersionTable = {
  form_id: string
  version: number
  /** A FormContent of src/audience/forms. */
  content: unknown
  created_at: Date
  created_by: Generated<string | null>
}

import type { Generated, Selectable } from 'kysely'

/** A way to sign up: a page, a piece of HTML for other sites and an endpoint. `version` is the one in force. */
export type FormTable = {
  id: string
  slug: string
  /** For those who work here. */
  name: string
  version: Generated<number>
  created_at: Date
  closed_at: Generated<Date | null>
}

export type Form = Selectable<FormTable>

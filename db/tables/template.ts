import type { Generated, Selectable } from 'kysely'

/**
 * A newsletter's frame that a designer has written. `base` is the built-in design whose looks its blocks have; `version` counts every
 * change, so that nobody overwrites what somebody else wrote.
 */
export type TemplateTable = {
  id: string
  name: string
  format: 'mjml' | 'html'
  source: string
  base: Generated<string>
  version: Generated<number>
  created_by: string | null
  created_at: Date
  updated_by: string | null
  updated_at: Date
  archived_at: Date | null
}

export type Template = Selectable<TemplateTable>

import type { Selectable } from 'kysely'

/** What a template was like after a change. What one person types within some minutes is one version, begun at `begun_at`; `is_typed` says that it may still grow. */
export type TemplateVersionTable = {
  template_id: string
  version: number
  name: string
  source: string
  is_typed: boolean
  made_by: string | null
  begun_at: Date
  made_at: Date
}

export type TemplateVersion = Selectable<TemplateVersionTable>

import type { Generated, Selectable } from 'kysely'

/** A named audience one can join. */
export type ListTable = {
  id: string
  slug: string
  name: string
  description: Generated<string>
  language: Generated<string>
  is_public: Generated<boolean>
  /** Whether only approved issues may be scheduled for it. */
  needs_approval: Generated<boolean>
  /** `double`: whoever signs up confirms by a mailed link first. */
  opt_in: Generated<'single' | 'double'>
  sends_welcome: Generated<boolean>
  sends_goodbye: Generated<boolean>
  created_at: Date
  archived_at: Date | null
}

export type List = Selectable<ListTable>

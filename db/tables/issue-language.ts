import type { Generated, Selectable } from 'kysely'

/** A further language that an issue is said in, in the order in which readers fall back; empty texts are not translated. */
export type IssueLanguageTable = {
  issue_id: string
  language: string
  position: number
  subject: Generated<string>
  preheader: Generated<string>
}

export type IssueLanguage = Selectable<IssueLanguageTable>

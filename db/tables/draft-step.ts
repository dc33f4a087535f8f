import type { ColumnType } from 'kysely'
import type { Block } from './block.js'
import type { BlockText } from './block-text.js'
import type { Issue } from './issue.js'
import type { IssueLanguage } from './issue-language.js'
import type { IssueSegment } from './issue-segment.js'

/** All of a draft that its composer can change. */
export type DraftContent = {
  fields: Pick<
    Issue,
    | 'title'
    | 'subject'
    | 'preheader'
    | 'from_name'
    | 'from_email'
    | 'reply_to'
    | 'language'
    | 'language_place'
    | 'design'
  >
  listIds: string[]
  /** Left out where there are none. */
  segments?: { segmentId: string; rule: IssueSegment['rule'] }[]
  blocks: Pick<Block, 'id' | 'kind' | 'content'>[]
  /** The further languages in their order. */
  languages: Pick<IssueLanguage, 'language' | 'subject' | 'preheader'>[]
  texts: BlockText[]
}

/** A draft after one change, numbered without gaps; `typing` names what was being written, so that a burst of it is one step. */
export type DraftStepTable = {
  issue_id: string
  no: number
  content: ColumnType<DraftContent, string, string>
  typing: string | null
  made_at: Date
}

import type { CompiledEdition, RenderedEdition } from '../../rendering/compile-edition.js'
import type { IssueContent, Problem } from '../../rendering/issue-content.js'
import type { IssueWithBlocks } from '../issue.js'
import type { AuthorText } from './author-texts.js'
import type { KnownFacts } from './background/facts.js'
import type { Remark } from './finding.js'
import type { LinkUse } from './links.js'
import type { MailPage } from './read-mail-page.js'

/** Everything that a check may look at, of one edition: read once, so that each check is a small pure function. */
export type CheckSubject = {
  issue: IssueWithBlocks
  content: IssueContent
  edition: CompiledEdition
  /** What compiling found. */
  problems: readonly Problem[]
  /** The mail as a sample reader would get it. */
  rendered: RenderedEdition
  page: MailPage
  texts: readonly AuthorText[]
  links: readonly LinkUse[]
  /** What was found out in the background. */
  known: KnownFacts
  /** The bytes of the library's pictures in this issue. */
  pictureBytes: number
  /** The keys of fields that are in the archive. */
  archivedFields: readonly string[]
  /** Where the issue is sent from: bounces go to this domain; null: to the sender. */
  bounceDomain: string | null
  /** When it goes out, if that is known. */
  sendAt: Date | null
  now: Date
  /** In which days and weekdays are meant. */
  timeZone: string
}

/** One check; the table in `checks.ts` names it and says in which group its remarks stand. */
export type Check = (subject: CheckSubject) => Remark[]

import type { Problem } from '../../../rendering/issue-content.js'
import type { FindingGroup } from '../finding.js'
import type { Check } from '../subject.js'

/** What compiling found: unknown merge fields, what blocks still lack, MJML that does not compile, a mail that is too large. */
export const blocks: Check = ({ problems }) =>
  problems.map((problem) => ({ ...problem, group: groupOf(problem) }))

function groupOf({ field, message }: Problem): FindingGroup {
  if (/alt$/i.test(field ?? '') || /\bdescri(be|ption)\b/i.test(message)) return 'reading'
  if (/url$/i.test(field ?? '')) return 'links'
  return / KB\b/.test(message) ? 'arriving' : 'words'
}

import { createHash } from 'node:crypto'
import { canonical } from '../canonical.js'
import type { IssueWithBlocks } from '../issue.js'
import type { IssueEditions } from '../issue-editions.js'

type Audience = Pick<
  IssueWithBlocks,
  'from_name' | 'from_email' | 'reply_to' | 'listIds' | 'segments' | 'subject_test'
>

/**
 * The SHA-256 of all that readers of an issue see and who they are: everything its editions are compiled from, news items and brand
 * included, the subjects that are tried beside its own, which edition whose readers fall back to, the sender, and the chosen lists and segments with their conditions. Left out is what changes by itself: the day, the known fields, and the ids of blocks.
 */
export function contentHash(
  issue: Audience,
  { contents, order }: Pick<IssueEditions, 'contents' | 'order'>,
): string {
  const { from_name, from_email, reply_to, listIds, segments } = issue
  const subjects = issue.subject_test?.subjects ?? []
  const isUsualOrder = order.every((language, at) => contents[at]?.language === language)
  const rules = segments.map(({ segmentId, rule, tree }) => ({ segmentId, rule, tree }))
  const whole = {
    editions: contents.map(({ date: _date, fields: _fields, blocks, ...seen }) => ({
      ...seen,
      blocks: blocks.map(({ kind, content: words }) => ({ kind, content: words })),
    })),
    sender: { from_name, from_email, reply_to },
    lists: [...listIds].sort(),
    // What was approved before these counted stays so.
    ...(subjects.length > 0 ? { subjects } : {}),
    ...(isUsualOrder ? {} : { order }),
    ...(rules.length > 0 ? { segments: rules.sort((a, b) => (a.segmentId < b.segmentId ? -1 : 1)) } : {}),
  }
  return createHash('sha256').update(canonical(whole)).digest('hex')
}

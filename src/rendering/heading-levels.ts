import { headingOf } from './blocks.js'
import type { IssueContent } from './issue-content.js'

/** The level of each block's heading in the order of the blocks; null where a block has none. */
export type HeadingLevels = readonly (1 | 2 | 3 | null)[]

/**
 * The outline of a mail: its first heading is the only `h1`, stories below a section are `h3`, everything else is `h2`,
 * so that no level is left out (WCAG technique H42). Custom MJML is not looked into.
 */
export function headingLevels({
  blocks,
  newsItems,
}: Pick<IssueContent, 'blocks' | 'newsItems'>): HeadingLevels {
  let begun = false
  let underSection = false
  return blocks.map((block) => {
    const heading = headingOf(block, newsItems)
    if (!heading) return null
    if (!begun) {
      begun = true
      return 1
    }
    if (heading === 'story') return underSection ? 3 : 2
    if (heading === 'section') underSection = true
    return 2
  })
}

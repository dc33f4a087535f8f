import type { Block } from './blocks.js'
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
    if (!hasHeading(block, newsItems)) return null
    if (!begun) {
      begun = true
      return 1
    }
    if (block.kind === 'lead-story') return underSection ? 3 : 2
    if (block.kind !== 'masthead') underSection = true
    return 2
  })
}

function hasHeading(block: Block, newsItems: IssueContent['newsItems']): boolean {
  switch (block.kind) {
    case 'masthead':
      return block.content.name !== ''
    case 'heading':
      return block.content.text !== ''
    case 'news-list':
      return block.content.title !== ''
    case 'lead-story': {
      const item = block.content.newsItemId ? newsItems[block.content.newsItemId] : undefined
      return Boolean(block.content.title || item?.title)
    }
    default:
      return false
  }
}

import type { Block } from '../rendering/blocks.js'

/** The ids of the news items that an issue's blocks show, in their order. */
export function usedNewsIds({ blocks }: { blocks: readonly Block[] }): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'lead-story') return block.content.newsItemId ? [block.content.newsItemId] : []
    return block.kind === 'news-list' ? block.content.newsItemIds : []
  })
}

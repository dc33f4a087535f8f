import { type Block, newsIdsOf } from '../rendering/blocks.js'

/** The ids of the news items that an issue's blocks show, in their order. */
export function usedNewsIds({ blocks }: { blocks: readonly Block[] }): string[] {
  return newsIdsOf(blocks)
}

import { type Block, definitionOf } from '../rendering/blocks.js'

/** The ids of the news items that an issue's blocks show, in their order. */
export function usedNewsIds({ blocks }: { blocks: readonly Block[] }): string[] {
  return blocks.flatMap(({ kind, content }) => definitionOf(kind).newsIds?.(content) ?? [])
}

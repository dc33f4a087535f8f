import type { z } from 'zod'
import { blockDefinitions } from '../../templates/blocks/index.js'
import type { BlockDefinition, NewsItems } from './blocks/define-block.js'

type Definitions = typeof blockDefinitions

export type BlockKind = keyof Definitions
export type BlockContent<K extends BlockKind> = z.infer<Definitions[K]['schema']>
/** One part of an issue, told apart by its kind. */
export type Block = { [K in BlockKind]: { id: string; kind: K; content: BlockContent<K> } }[BlockKind]

export const BLOCK_KINDS = Object.keys(blockDefinitions) as [BlockKind, ...BlockKind[]]

// The kind and the content of a block belong together, which the compiler cannot see of a lookup.
type AnyDefinition = BlockDefinition<z.ZodObject>

/** Everything about the kind of a block; its functions take the content of just that kind. */
export function definitionOf(kind: BlockKind): AnyDefinition {
  return blockDefinitions[kind] as unknown as AnyDefinition
}

/** What each kind of block holds; a draft may be half done, so nothing but the shape is required. */
export const blockSchemas = Object.fromEntries(
  Object.entries(blockDefinitions).map(([kind, { schema }]) => [kind, schema]),
) as unknown as { [K in BlockKind]: Definitions[K]['schema'] }

/** The content a new block of a kind starts with. */
export function newBlockContent<K extends BlockKind>(kind: K): BlockContent<K> {
  return blockSchemas[kind].parse({}) as BlockContent<K>
}

/** The kind of heading that a block shows, if any. */
export function headingOf({ kind, content }: Block, newsItems: NewsItems) {
  return definitionOf(kind).heading?.(content, newsItems) ?? null
}

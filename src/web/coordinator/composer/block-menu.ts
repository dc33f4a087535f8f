import type { BlockGroup } from '../../../rendering/blocks/define-block.js'
import { BLOCK_KINDS, type BlockKind, definitionOf } from '../../../rendering/blocks.js'

const GROUPS: readonly Exclude<BlockGroup, null>[] = [
  'News',
  'Words',
  'Pictures',
  'Events and people',
  'Order',
  'Experts',
]

/** How a kind of block is named in menus and outlines. */
export function kindInfo(kind: BlockKind): { label: string; icon: string; says: string } {
  const { label, icon, says } = definitionOf(kind)
  return { label, icon, says }
}

/** The kinds that can be added, in groups: every issue has its footer already. */
export const BLOCK_MENU = GROUPS.map((group) => ({
  group,
  kinds: BLOCK_KINDS.filter((kind) => definitionOf(kind).group === group)
    .map((kind) => ({ kind, ...kindInfo(kind) }))
    .sort((a, b) => a.label.localeCompare(b.label)),
})).filter(({ kinds }) => kinds.length > 0)

import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { blockOf } from './block-of.js'
import { closeGaps } from './block-order.js'
import { canonical } from './canonical.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { type Base, baseOf } from './merge-changes.js'
import { hasSameOutline } from './outline-key.js'

/**
 * Takes a block out of a draft and returns the new version; the footer cannot be removed. With its `base`, the block as the editor saw it,
 * it does not matter what others have written elsewhere since. Throws `ConflictError` when somebody else changed the draft.
 */
export async function removeBlock(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  blockId: string,
  base?: Base,
): Promise<number> {
  return changeDraft(
    ctx,
    draft,
    async (tx) => {
      const block = await blockOf(tx, draft.issueId, blockId)
      if (block.kind === 'footer') throw new InvalidError({ block: 'Every issue needs its footer.' })
      await tx.deleteFrom('block').where('id', '=', blockId).execute()
      await closeGaps(tx, draft.issueId)
    },
    {
      follows: async (tx) => {
        if (!base || !(await hasSameOutline(tx, draft))) return false
        const { content } = await blockOf(tx, draft.issueId, blockId)
        return canonical(baseOf(content as Record<string, unknown>)) === canonical(base)
      },
    },
  )
}

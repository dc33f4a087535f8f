import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { blockOf } from './block-of.js'
import { closeGaps } from './block-order.js'
import { changeDraft, type DraftVersion } from './change-draft.js'

/** Takes a block out of a draft and returns the new version; the footer cannot be removed. */
export async function removeBlock(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  blockId: string,
): Promise<number> {
  return changeDraft(ctx, draft, async (tx) => {
    const block = await blockOf(tx, draft.issueId, blockId)
    if (block.kind === 'footer') throw new InvalidError({ block: 'Every issue needs its footer.' })
    await tx.deleteFrom('block').where('id', '=', blockId).execute()
    await closeGaps(tx, draft.issueId)
  })
}

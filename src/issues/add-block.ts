import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { type BlockKind, newBlockContent } from '../rendering/blocks.js'
import { footerPosition, makeRoom } from './block-order.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { hasSameOutline } from './outline-key.js'

export type AddedBlock = { blockId: string; version: number }

/** Adds a block of a kind at a position (the end, before the footer, when none is given); a second footer is refused. */
export async function addBlock(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  { kind, content, position }: { kind: BlockKind; content?: object; position?: number },
): Promise<AddedBlock> {
  if (kind === 'footer') throw new InvalidError({ kind: 'An issue has exactly one footer.' })
  const blockId = newId(ctx.clock.now())
  const version = await changeDraft(
    ctx,
    draft,
    async (tx) => {
      const end = await footerPosition(tx, draft.issueId)
      const at = Math.max(0, Math.min(position ?? end, end))
      await makeRoom(tx, draft.issueId, at)
      const values = { id: blockId, issue_id: draft.issueId, position: at, kind }
      await tx
        .insertInto('block')
        .values({ ...values, content: JSON.stringify({ ...newBlockContent(kind), ...content }) })
        .execute()
    },
    { follows: hasSameOutline },
  )
  return { blockId, version }
}

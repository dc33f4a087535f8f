import { sql } from 'kysely'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { blockOf } from './block-of.js'
import { footerPosition } from './block-order.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { hasSameOutline } from './outline-key.js'

/** Moves a block to a position among the others (0 is the top) and returns the draft's new version; the footer stays last. */
export async function moveBlock(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  { blockId, position }: { blockId: string; position: number },
): Promise<number> {
  return changeDraft(
    ctx,
    draft,
    async (tx) => {
      const block = await blockOf(tx, draft.issueId, blockId)
      if (block.kind === 'footer') throw new InvalidError({ position: 'The footer stays at the end.' })
      const last = (await footerPosition(tx, draft.issueId)) - 1
      const rows = await tx
        .selectFrom('block')
        .select('id')
        .where('issue_id', '=', draft.issueId)
        .where('id', '!=', blockId)
        .orderBy('position')
        .execute()
      const order = rows.map((row) => row.id)
      order.splice(Math.max(0, Math.min(position, last)), 0, blockId)
      await sql`
      update block set position = placed.number - 1
      from unnest(${order}::uuid[]) with ordinality as placed(id, number)
      where block.id = placed.id`.execute(tx)
    },
    { follows: hasSameOutline },
  )
}

import type { Tx } from '../../db/database.js'
import { newId } from '../../db/uuid.js'
import type { Block } from '../rendering/blocks.js'

/** A block that has no row yet. */
export type NewBlock = Pick<Block, 'kind' | 'content'>

/** Writes blocks to an issue that has none, in the order given. */
export async function insertBlocks(
  tx: Tx,
  { issueId, now }: { issueId: string; now: Date },
  blocks: readonly NewBlock[],
): Promise<void> {
  if (blocks.length === 0) return
  const rows = blocks.map(({ kind, content }, position) => ({
    id: newId(now),
    issue_id: issueId,
    position,
    kind,
    content: JSON.stringify(content),
  }))
  await tx.insertInto('block').values(rows).execute()
}

import type { Tx } from '../../db/database.js'
import type { Block as BlockRow } from '../../db/tables/block.js'
import { NotFoundError } from '../errors.js'

/** One block of one issue; throws `NotFoundError` when the issue has no such block. */
export async function blockOf(tx: Tx, issueId: string, blockId: string): Promise<BlockRow> {
  const block = await tx
    .selectFrom('block')
    .selectAll()
    .where('issue_id', '=', issueId)
    .where('id', '=', blockId)
    .executeTakeFirst()
  if (!block) throw new NotFoundError('This block is no longer part of the issue.')
  return block
}

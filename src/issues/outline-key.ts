import { createHash } from 'node:crypto'
import type { Tx } from '../../db/database.js'
import type { DraftVersion } from './change-draft.js'

/** Which blocks an issue has, and in which order, in a few letters. */
export function outlineKey(blocks: readonly { id: string }[]): string {
  const ids = blocks.map(({ id }) => id).join(' ')
  return createHash('sha256').update(ids).digest('base64url').slice(0, 16)
}

/** Whether a draft still has the blocks, in the order, that an editor saw: then a place among them is still what was meant. */
export async function hasSameOutline(tx: Tx, { issueId, outline }: DraftVersion): Promise<boolean> {
  if (outline === undefined) return false
  const blocks = await tx
    .selectFrom('block')
    .select('id')
    .where('issue_id', '=', issueId)
    .orderBy('position')
    .execute()
  return outlineKey(blocks) === outline
}

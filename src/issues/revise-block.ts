import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { type BlockKind, blockSchemas } from '../rendering/blocks.js'
import { blockOf } from './block-of.js'
import { changeDraft, type DraftVersion } from './change-draft.js'

/**
 * Saves a block's content and returns the draft's new version. Throws `InvalidError` with one sentence per field that
 * does not fit its kind, `ConflictError` when somebody else changed the draft.
 */
export async function reviseBlock(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  { blockId, content }: { blockId: string; content: unknown },
): Promise<number> {
  return changeDraft(
    ctx,
    draft,
    async (tx) => {
      const block = await blockOf(tx, draft.issueId, blockId)
      const parsed = blockSchemas[block.kind as BlockKind].safeParse(content)
      if (!parsed.success) {
        const issues = parsed.error.issues.map((issue) => [issue.path.join('.') || 'content', issue.message])
        throw new InvalidError(Object.fromEntries(issues) as Record<string, string>)
      }
      await tx
        .updateTable('block')
        .set({ content: JSON.stringify(parsed.data) })
        .where('id', '=', blockId)
        .execute()
    },
    { typing: `block ${blockId}` },
  )
}

import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { type BlockKind, blockSchemas } from '../rendering/blocks.js'
import { blockOf } from './block-of.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { type Base, mergeChanges } from './merge-changes.js'

/**
 * Saves a block's content and returns the draft's new version. With a `base` only what was changed since it is saved, also when others have
 * changed the draft meanwhile. Throws `InvalidError` with one sentence per field that does not fit its kind, `ConflictError` when somebody else
 * changed the draft, and with a `base` `ClashError` only when they changed the same fields.
 */
export async function reviseBlock(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  { blockId, content, base }: { blockId: string; content: unknown; base?: Base | undefined },
): Promise<number> {
  return changeDraft(
    ctx,
    draft,
    async (tx) => {
      const block = await blockOf(tx, draft.issueId, blockId)
      const mine = blockContent(block.kind as BlockKind, content)
      const merged = base
        ? blockContent(
            block.kind as BlockKind,
            mergeChanges({ base, mine, current: block.content as Record<string, unknown> }),
          )
        : mine
      await tx
        .updateTable('block')
        .set({ content: JSON.stringify(merged) })
        .where('id', '=', blockId)
        .execute()
    },
    { typing: `block ${blockId}`, ...(base ? { follows: async () => true } : {}) },
  )
}

/** The content of a block of a kind, as it is saved; throws `InvalidError` with one sentence per field that does not fit. */
export function blockContent(kind: BlockKind, content: unknown): Record<string, unknown> {
  const parsed = blockSchemas[kind].safeParse(content)
  if (parsed.success) return parsed.data as Record<string, unknown>
  const issues = parsed.error.issues.map((issue) => [issue.path.join('.') || 'content', issue.message])
  throw new InvalidError(Object.fromEntries(issues) as Record<string, string>)
}

import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { blockSchemas } from '../rendering/blocks.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { insertBlocks, type NewBlock } from './insert-blocks.js'

/**
 * Puts other blocks between a draft's masthead and footer, which stay unless others are given, and returns the draft's
 * new version. Throws `InvalidError` naming the block and field that does not fit its kind, or `ConflictError`.
 */
export async function replaceBlocks(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  given: readonly NewBlock[],
): Promise<number> {
  const blocks = given.map(checkedBlock)
  return changeDraft(ctx, draft, async (tx) => {
    const rows = await tx
      .selectFrom('block')
      .select(['kind', 'content'])
      .where('issue_id', '=', draft.issueId)
      .orderBy('position')
      .execute()
    const kept = (kind: NewBlock['kind']) =>
      blocks.some((block) => block.kind === kind)
        ? []
        : (rows.filter((row) => row.kind === kind) as NewBlock[])
    const whole = [...kept('masthead'), ...blocks, ...kept('footer')]
    await tx.deleteFrom('block').where('issue_id', '=', draft.issueId).execute()
    await insertBlocks(tx, { issueId: draft.issueId, now: ctx.clock.now() }, whole)
  })
}

function checkedBlock({ kind, content }: NewBlock, index: number): NewBlock {
  const parsed = blockSchemas[kind].safeParse(content)
  if (parsed.success) return { kind, content: parsed.data }
  const first = parsed.error.issues[0]
  throw new InvalidError({
    [`blocks.${index}.${first?.path.join('.') ?? ''}`]: first?.message ?? 'This does not fit.',
  })
}

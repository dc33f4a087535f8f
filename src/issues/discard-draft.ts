import type { Context } from '../context.js'
import { changeDraft, type DraftVersion } from './change-draft.js'

/** Throws a draft away for good, with its blocks; news items and lists stay. Throws `ConflictError` or `NotFoundError`. */
export async function discardDraft(ctx: Pick<Context, 'db' | 'clock'>, draft: DraftVersion): Promise<void> {
  await changeDraft(ctx, draft, async (tx) => {
    await tx.deleteFrom('issue').where('id', '=', draft.issueId).execute()
  })
}

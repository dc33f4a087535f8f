import type { Context } from '../context.js'
import { bumpDraft, type DraftVersion } from './change-draft.js'

/** Throws a draft away for good, with its blocks; news items and lists stay. Throws `ConflictError` or `NotFoundError`. */
export async function discardDraft(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await bumpDraft(tx, draft, clock.now())
    await tx.deleteFrom('issue').where('id', '=', draft.issueId).execute()
  })
}

import type { Context } from '../context.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { languageOf } from './language-of.js'

/** Takes a further language with all its texts out of a draft and returns the new version. Throws `NotFoundError` or `ConflictError`. */
export async function removeLanguage(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  language: string,
): Promise<number> {
  const { issueId } = draft
  return changeDraft(ctx, draft, async (tx) => {
    await languageOf(tx, issueId, language)
    await tx
      .deleteFrom('issue_language')
      .where('issue_id', '=', issueId)
      .where('language', '=', language)
      .execute()
    await tx
      .deleteFrom('block_text')
      .where('language', '=', language)
      .where('block_id', 'in', (eb) =>
        eb.selectFrom('block').select('block.id').where('block.issue_id', '=', issueId),
      )
      .execute()
  })
}

import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { fallbackOrder } from './issue-translations.js'

/**
 * Moves a language of a draft, also the one it is written in, to a place in the order in which readers fall back (0 is the first) and
 * returns the new version. Throws `NotFoundError` or `ConflictError`.
 */
export async function moveLanguage(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  { language, position }: { language: string; position: number },
): Promise<number> {
  const { issueId } = draft
  return changeDraft(ctx, draft, async (tx) => {
    const issue = await tx
      .selectFrom('issue')
      .select(['language', 'language_place'])
      .where('id', '=', issueId)
      .executeTakeFirstOrThrow()
    const rows = await tx
      .selectFrom('issue_language')
      .select('language')
      .where('issue_id', '=', issueId)
      .where('language', '!=', issue.language)
      .orderBy('position')
      .execute()
    const order = fallbackOrder(
      issue,
      rows.map((row) => row.language),
    )
    if (!order.includes(language)) throw new NotFoundError('This issue has no such language.')
    const others = order.filter((one) => one !== language)
    const moved = others.toSpliced(Math.max(0, Math.min(position, others.length)), 0, language)
    await tx
      .updateTable('issue')
      .set({ language_place: moved.indexOf(issue.language) })
      .where('id', '=', issueId)
      .execute()
    const further = moved.filter((one) => one !== issue.language)
    for (const [place, tag] of further.entries()) {
      const update = tx.updateTable('issue_language').set({ position: place })
      await update.where('issue_id', '=', issueId).where('language', '=', tag).execute()
    }
  })
}

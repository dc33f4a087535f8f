import { z } from 'zod'
import type { Context } from '../context.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { languageOf } from './language-of.js'
import { type Base, mergeChanges } from './merge-changes.js'
import { IssueForm } from './revise-issue.js'

/** Subject and preheader of an issue in one of its further languages; empty: not translated, left out: as it is. */
export const LanguageForm = z.object({
  subject: IssueForm.shape.subject.optional(),
  preheader: IssueForm.shape.preheader.optional(),
})

/**
 * Saves a draft's subject and preheader in a further language and returns the new version; with a `base` only what was changed since it.
 * Throws `NotFoundError` or `ConflictError`, with a `base` `ClashError` only when somebody else changed the same words.
 */
export async function reviseLanguage(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  { language, base, ...words }: z.infer<typeof LanguageForm> & { language: string; base?: Base | undefined },
): Promise<number> {
  return changeDraft(
    ctx,
    draft,
    async (tx) => {
      const { subject, preheader } = await languageOf(tx, draft.issueId, language)
      const current = { subject, preheader }
      const merged = base
        ? mergeChanges({ base, mine: words, current })
        : { subject: words.subject ?? subject, preheader: words.preheader ?? preheader }
      await tx
        .updateTable('issue_language')
        .set(merged)
        .where('issue_id', '=', draft.issueId)
        .where('language', '=', language)
        .execute()
    },
    { typing: `language ${language}`, ...(base ? { follows: async () => true } : {}) },
  )
}

import { z } from 'zod'
import type { Context } from '../context.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { languageOf } from './language-of.js'
import { IssueForm } from './revise-issue.js'

/** Subject and preheader of an issue in one of its further languages; empty: not translated. */
export const LanguageForm = z.object({
  subject: IssueForm.shape.subject,
  preheader: IssueForm.shape.preheader,
})

/** Saves a draft's subject and preheader in a further language and returns the new version. Throws `NotFoundError` or `ConflictError`. */
export async function reviseLanguage(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  { language, ...words }: z.infer<typeof LanguageForm> & { language: string },
): Promise<number> {
  return changeDraft(
    ctx,
    draft,
    async (tx) => {
      await languageOf(tx, draft.issueId, language)
      await tx
        .updateTable('issue_language')
        .set(words)
        .where('issue_id', '=', draft.issueId)
        .where('language', '=', language)
        .execute()
    },
    { typing: `language ${language}` },
  )
}

import { sql } from 'kysely'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { LanguageTag, languageName } from '../rendering/languages/language-tag.js'
import { changeDraft, type DraftVersion } from './change-draft.js'

const LANGUAGES_MOST = 40

/** Gives a draft a further language, the last of its order, and returns the new version. Throws `InvalidError` at `language`, or `ConflictError`. */
export async function addLanguage(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  tag: string,
): Promise<number> {
  const parsed = LanguageTag.safeParse(tag)
  if (!parsed.success) throw new InvalidError({ language: parsed.error.issues[0]?.message ?? '' })
  const language = parsed.data
  return changeDraft(ctx, draft, async (tx) => {
    const issue = await tx
      .selectFrom('issue')
      .select('language')
      .where('id', '=', draft.issueId)
      .executeTakeFirstOrThrow()
    const known = await tx
      .selectFrom('issue_language')
      .select('language')
      .where('issue_id', '=', draft.issueId)
      .execute()
    if (language === issue.language || known.some((one) => one.language === language))
      throw new InvalidError({ language: `This issue has ${languageName(language)} already.` })
    if (known.length >= LANGUAGES_MOST)
      throw new InvalidError({ language: `An issue has at most ${LANGUAGES_MOST} further languages.` })
    await tx
      .insertInto('issue_language')
      .values({
        issue_id: draft.issueId,
        language,
        position: sql<number>`(select coalesce(max(position) + 1, 0) from issue_language where issue_id = ${draft.issueId})`,
      })
      .execute()
  })
}

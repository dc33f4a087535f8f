import type { Tx } from '../../db/database.js'
import type { IssueLanguage } from '../../db/tables/issue-language.js'
import { NotFoundError } from '../errors.js'

/** One further language of one issue; throws `NotFoundError` when the issue has no such language. */
export async function languageOf(tx: Tx, issueId: string, language: string): Promise<IssueLanguage> {
  const found = await tx
    .selectFrom('issue_language')
    .selectAll()
    .where('issue_id', '=', issueId)
    .where('language', '=', language)
    .executeTakeFirst()
  if (!found) throw new NotFoundError('This issue has no such language.')
  return found
}

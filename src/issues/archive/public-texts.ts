import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../../db/database.js'
import type { CompiledEdition } from '../../rendering/compile-edition.js'
import { publicForm } from './public-form.js'
import type { PublicIssue } from './public-issues.js'

/** The plain texts of issues as everybody may read them, by id, each in the language in which it is listed; HTML, the bulk of an edition, is left where it is. */
export async function publicTexts(
  { db }: { db: DatabaseOrTx },
  issues: readonly Pick<PublicIssue, 'id' | 'language'>[],
): Promise<Map<string, string>> {
  if (issues.length === 0) return new Map()
  const rows = await db
    .selectFrom('edition')
    .innerJoin('issue', 'issue.id', 'edition.issue_id')
    .select(['issue.id', 'edition.language', 'title', 'send_at', 'send_zone', 'own_time'])
    .select(sql<Omit<CompiledEdition, 'html'>>`compiled - 'html'`.as('compiled'))
    .where(
      'issue.id',
      'in',
      issues.map(({ id }) => id),
    )
    .execute()
  const shown = rows.filter((row) =>
    issues.some(({ id, language }) => id === row.id && language === row.language),
  )
  return new Map(
    shown.map(({ id, compiled, ...issue }) => {
      const edition: CompiledEdition = { ...compiled, html: [] }
      return [id, publicForm({ ...issue, edition }).text]
    }),
  )
}

import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../../db/database.js'
import { IS_PUBLIC } from './public-issues.js'

/** By what the archive can be narrowed: years in UTC with their issues counted, and lists that everybody may join. */
export type ArchiveIndex = {
  years: { year: number; count: number }[]
  lists: { id: string; slug: string; name: string; description: string }[]
}

/** The years and lists that have public issues; lists by invitation are not named. */
export async function archiveIndex({ db }: { db: DatabaseOrTx }): Promise<ArchiveIndex> {
  const [years, lists] = await Promise.all([
    sql<{ year: number; count: number }>`
      select extract(year from released_at at time zone 'UTC')::int as year, count(*)::int as count
      from issue where ${IS_PUBLIC} and exists (
        select from edition where edition.issue_id = issue.id and edition.headline <> '')
      group by 1 order by 1 desc`.execute(db),
    sql<ArchiveIndex['lists'][number]>`
      select list.id, list.slug, list.name, list.description from list
      where list.is_public and list.archived_at is null and exists (
        select from issue_list join issue on issue.id = issue_list.issue_id
        where issue_list.list_id = list.id and ${IS_PUBLIC})
      order by list.name, list.id`.execute(db),
  ])
  return { years: years.rows, lists: lists.rows }
}

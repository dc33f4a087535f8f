import { type RawBuilder, sql } from 'kysely'
import type { DatabaseOrTx } from '../../../db/database.js'
import type { ShownPicture } from '../../../db/tables/edition.js'

/** What may be asked of the archive; `listId` is a list that everybody may join. */
export type ArchiveFilter = {
  search?: string
  year?: number | null
  listId?: string | null
  page?: number
  limit?: number
}

/** An issue as the archive lists it. */
export type PublicIssue = {
  id: string
  slug: string
  language: string
  headline: string
  summary: string
  picture: ShownPicture | null
  releasedAt: Date
}

export type ArchivePage = { issues: PublicIssue[]; total: number; page: number; pages: number }

const PAGE_LENGTH = 20
const MOST_WORDS = 8

/**
 * An issue that everybody may read: chosen to be public, on its way to everybody or sent, and with a form that can be shown. While only a part has
 * it, it may still be stopped.
 */
export const IS_PUBLIC = sql<boolean>`
  issue.is_public and issue.slug is not null and issue.status in ('sending', 'paused', 'sent')
  and coalesce(issue.canary_status, 'passed') = 'passed'`

/** One page of the issues that everybody may read, the latest first, and how many a filter leaves. */
export async function publicIssues(
  { db }: { db: DatabaseOrTx },
  filter: ArchiveFilter = {},
): Promise<ArchivePage> {
  const { page = 1, limit = PAGE_LENGTH } = filter
  const matching = sql`from issue join lateral (${mainEdition()}) edition on true where ${conditions(filter)}`
  const [found, counted] = await Promise.all([
    sql<PublicIssue>`
      select issue.id, slug, edition.language, headline, summary, picture, released_at as "releasedAt" ${matching}
      order by released_at desc, issue.id desc limit ${limit} offset ${(page - 1) * limit}`.execute(db),
    sql<{ total: number }>`select count(*)::int as total ${matching}`.execute(db),
  ])
  const total = counted.rows[0]?.total ?? 0
  return { issues: found.rows, total, page, pages: Math.max(1, Math.ceil(total / limit)) }
}

/** The edition by which an issue is listed: the one in its own language, else the first. */
function mainEdition(): RawBuilder<unknown> {
  return sql`
    select e.language, e.headline, e.summary, e.picture from edition e
    where e.issue_id = issue.id and e.headline <> ''
    order by e.language = issue.language desc, e.language limit 1`
}

function conditions({ search = '', year, listId }: ArchiveFilter): RawBuilder<unknown> {
  const wanted = [IS_PUBLIC, ...wordsOf(search).map(holdsWord)]
  if (year)
    wanted.push(sql<boolean>`released_at >= ${`${year}-01-01T00:00:00Z`}::timestamptz
      and released_at < ${`${year + 1}-01-01T00:00:00Z`}::timestamptz`)
  if (listId)
    wanted.push(sql<boolean>`exists (
      select from issue_list where issue_list.issue_id = issue.id and issue_list.list_id = ${listId})`)
  return sql.join(wanted, sql` and `)
}

function wordsOf(search: string): string[] {
  return search.toLowerCase().replaceAll('\0', ' ').split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
}

function holdsWord(word: string): RawBuilder<boolean> {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`exists (
    select from edition e where e.issue_id = issue.id and e.headline <> '' and e.words like ${pattern})`
}

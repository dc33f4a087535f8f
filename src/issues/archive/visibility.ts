import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../../db/database.js'
import { publicByLists } from './public-by-lists.js'

/** Whether everybody may read an issue on the web. */
export type Visibility = {
  /** What somebody chose; null: as its lists are. */
  chosen: boolean | null
  /** What its lists say. */
  byLists: boolean
  /** What holds. */
  isPublic: boolean
}

/** Who may read an issue on the web, and why. */
export async function visibility({ db }: { db: DatabaseOrTx }, issueId: string): Promise<Visibility> {
  const { is_public: chosen, by_lists: byLists } = await db
    .selectFrom('issue')
    .select(['is_public', publicByLists(sql.ref('issue.id')).as('by_lists')])
    .where('id', '=', issueId)
    .executeTakeFirstOrThrow()
  return { chosen, byLists, isPublic: chosen ?? byLists }
}

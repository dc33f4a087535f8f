import type { DatabaseOrTx } from '../../db/database.js'

const MOST = 200

/** The issues that have been released, the latest first. */
export async function sentIssueTitles({
  db,
}: {
  db: DatabaseOrTx
}): Promise<{ id: string; title: string }[]> {
  return db
    .selectFrom('issue')
    .select(['id', 'title'])
    .where('released_at', 'is not', null)
    .orderBy('released_at', 'desc')
    .orderBy('id')
    .limit(MOST)
    .execute()
}

import type { Digest } from '../../../db/tables/digest.js'
import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'

/** Every digest with the title of the issue that it is made from, those that are due first on top. */
export async function digests({
  db,
}: Pick<Context, 'db'>): Promise<(Digest & { issueTitle: string | null })[]> {
  return db
    .selectFrom('digest')
    .leftJoin('issue', 'issue.id', 'digest.issue_id')
    .selectAll('digest')
    .select('issue.title as issueTitle')
    .orderBy('digest.next_at')
    .orderBy('digest.id')
    .execute()
}

/** One digest; throws `NotFoundError`. */
export async function digestOf({ db }: Pick<Context, 'db'>, id: string): Promise<Digest> {
  const digest = await db.selectFrom('digest').selectAll().where('id', '=', id).executeTakeFirst()
  if (!digest) throw new NotFoundError('There is no such plan.')
  return digest
}

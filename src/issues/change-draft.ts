import type { Database, Tx } from '../../db/database.js'
import type { Clock } from '../clock.js'
import { ConflictError, NotFoundError } from '../errors.js'

/** The draft as the editor saw it: a change is refused when another one came in between. */
export type DraftVersion = { issueId: string; version: number }

/**
 * Runs a change on a draft that is still at the version the editor saw, and returns the new version.
 * Throws `ConflictError` (no draft any more, or changed by somebody else) or `NotFoundError`; nothing is then changed.
 */
export async function changeDraft(
  { db, clock }: { db: Database; clock: Clock },
  { issueId, version }: DraftVersion,
  change: (tx: Tx) => Promise<void>,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const bumped = await tx
      .updateTable('issue')
      .set({ version: version + 1, updated_at: clock.now() })
      .where('id', '=', issueId)
      .where('status', '=', 'draft')
      .where('version', '=', version)
      .executeTakeFirst()
    if (bumped.numUpdatedRows !== 1n) await explainRefusal(tx, issueId)
    await change(tx)
    return version + 1
  })
}

async function explainRefusal(tx: Tx, issueId: string): Promise<never> {
  const issue = await tx.selectFrom('issue').select('status').where('id', '=', issueId).executeTakeFirst()
  if (!issue) throw new NotFoundError('There is no such issue.')
  throw new ConflictError(
    issue.status === 'draft'
      ? 'Somebody else has changed this issue since you opened it. Reload the page to see what is new; your text is still in the form.'
      : `This issue is ${issue.status}, so it can no longer be edited.`,
  )
}

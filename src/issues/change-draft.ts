import type { Database, Tx } from '../../db/database.js'
import type { Clock } from '../clock.js'
import { ConflictError, NotFoundError } from '../errors.js'
import { keepFirstStep, keepStep } from './draft-steps.js'

/** The draft as the editor saw it: a change is refused when another one came in between. */
export type DraftVersion = { issueId: string; version: number }

/**
 * Runs a change on a draft that is still at the version the editor saw, remembers it as a step that can be undone, and returns the new
 * version. `typing` names what is being written, so that a burst of it is undone as one. Throws `ConflictError` (no draft any more, or
 * changed by somebody else) or `NotFoundError`; nothing is then changed.
 */
export async function changeDraft(
  { db, clock }: { db: Database; clock: Clock },
  draft: DraftVersion,
  change: (tx: Tx) => Promise<void>,
  { typing = null }: { typing?: string | null } = {},
): Promise<number> {
  const { issueId } = draft
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    await bumpDraft(tx, draft, now)
    await keepFirstStep(tx, { issueId, now })
    await change(tx)
    await keepStep(tx, { issueId, now, typing })
    return draft.version + 1
  })
}

/** Counts a draft's version on, unless it has changed since the editor saw it; throws as `changeDraft` does. */
export async function bumpDraft(tx: Tx, { issueId, version }: DraftVersion, now: Date): Promise<void> {
  const bumped = await tx
    .updateTable('issue')
    .set({ version: version + 1, updated_at: now })
    .where('id', '=', issueId)
    .where('status', '=', 'draft')
    .where('version', '=', version)
    .executeTakeFirst()
  if (bumped.numUpdatedRows !== 1n) await explainRefusal(tx, issueId)
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

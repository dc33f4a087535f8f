import type { Database, Tx } from '../../db/database.js'
import type { Clock } from '../clock.js'
import { ConflictError, NotFoundError } from '../errors.js'
import { keepFirstStep, keepStep } from './draft-steps.js'

/** The draft as the editor saw it: a change is refused when another one came in between. `outline`: which blocks were seen, by `outlineKey`. */
export type DraftVersion = { issueId: string; version: number; outline?: string | undefined }

type Follows = (tx: Tx, draft: DraftVersion) => Promise<boolean>

/**
 * Runs a change on a draft that is still at the version the editor saw, remembers it as a step that can be undone, and returns the new
 * version. `typing` names what is being written, so that a burst of it is undone as one; `follows` says of a change that it is meant the
 * same on top of what others have done since. Throws `ConflictError` (no draft any more, or changed by somebody else) or `NotFoundError`;
 * nothing is then changed.
 */
export async function changeDraft(
  { db, clock }: { db: Database; clock: Clock },
  draft: DraftVersion,
  change: (tx: Tx) => Promise<void>,
  { typing = null, follows }: { typing?: string | null; follows?: Follows | undefined } = {},
): Promise<number> {
  const { issueId } = draft
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    const version = await bumpDraft(tx, draft, now, follows)
    await keepFirstStep(tx, { issueId, now })
    await change(tx)
    await keepStep(tx, { issueId, now, typing })
    return version
  })
}

/** Counts a draft's version on and returns it, unless the draft has changed since the editor saw it; throws as `changeDraft` does. */
export async function bumpDraft(
  tx: Tx,
  draft: DraftVersion,
  now: Date,
  follows: Follows = async () => false,
): Promise<number> {
  const issue = await tx
    .selectFrom('issue')
    .select(['status', 'version'])
    .where('id', '=', draft.issueId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!issue) throw new NotFoundError('There is no such issue.')
  if (issue.status !== 'draft')
    throw new ConflictError(`This issue is ${issue.status}, so it can no longer be edited.`)
  if (issue.version !== draft.version && !(await follows(tx, draft))) throw new ConflictError(CHANGED)
  const version = issue.version + 1
  await tx.updateTable('issue').set({ version, updated_at: now }).where('id', '=', draft.issueId).execute()
  return version
}

const CHANGED =
  'Somebody else has changed this issue since you opened it. You see it now as it stands; please look, and do it again.'

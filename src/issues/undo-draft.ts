import type { Tx } from '../../db/database.js'
import type { DraftContent } from '../../db/tables/draft-step.js'
import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'
import { bumpDraft, type DraftVersion } from './change-draft.js'
import { chooseSegments } from './issue-segments.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** Makes a draft what it was before its last change and returns its new version. Throws `ConflictError` when there is nothing to undo, or somebody else was quicker. */
export async function undoDraft(ctx: Needs, draft: DraftVersion): Promise<number> {
  return goToStep(ctx, draft, { by: -1, nothing: 'There is nothing left to undo.' })
}

/** Makes the change again that was undone last. Throws `ConflictError` when there is none, or somebody else was quicker. */
export async function redoDraft(ctx: Needs, draft: DraftVersion): Promise<number> {
  return goToStep(ctx, draft, { by: 1, nothing: 'There is nothing left to do again.' })
}

/** Whether there is something to undo, and something that was undone. */
export async function undoable(
  { db }: Pick<Context, 'db'>,
  { id, draft_step: now }: { id: string; draft_step: number },
): Promise<{ canUndo: boolean; canRedo: boolean }> {
  const steps = await db
    .selectFrom('draft_step')
    .select('no')
    .where('issue_id', '=', id)
    .where('no', 'in', [now - 1, now + 1])
    .execute()
  return { canUndo: steps.some(({ no }) => no < now), canRedo: steps.some(({ no }) => no > now) }
}

async function goToStep(
  { db, clock }: Needs,
  draft: DraftVersion,
  { by, nothing }: { by: 1 | -1; nothing: string },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await bumpDraft(tx, draft, clock.now())
    const step = await tx
      .selectFrom('draft_step')
      .innerJoin('issue', 'issue.id', 'draft_step.issue_id')
      .select(['no', 'draft_step.content'])
      .where('issue.id', '=', draft.issueId)
      .where((eb) => eb('draft_step.no', '=', eb('issue.draft_step', '+', by)))
      .executeTakeFirst()
    if (!step) throw new ConflictError(nothing)
    await restore(tx, draft.issueId, step.content)
    await tx.updateTable('issue').set({ draft_step: step.no }).where('id', '=', draft.issueId).execute()
    return draft.version + 1
  })
}

async function restore(
  tx: Tx,
  issueId: string,
  { fields, listIds, segments, blocks, languages, texts }: DraftContent,
): Promise<void> {
  await tx.updateTable('issue').set(fields).where('id', '=', issueId).execute()
  await tx.deleteFrom('issue_list').where('issue_id', '=', issueId).execute()
  const lists =
    listIds.length > 0 ? await tx.selectFrom('list').select('id').where('id', 'in', listIds).execute() : []
  if (lists.length > 0)
    await tx
      .insertInto('issue_list')
      .values(lists.map(({ id }) => ({ issue_id: issueId, list_id: id })))
      .execute()
  await chooseSegments(tx, issueId, segments ?? [])
  await tx.deleteFrom('block').where('issue_id', '=', issueId).execute()
  const rows = blocks.map(({ id, kind, content }, position) => {
    return { id, issue_id: issueId, position, kind, content: JSON.stringify(content) }
  })
  if (rows.length > 0) await tx.insertInto('block').values(rows).execute()
  await tx.deleteFrom('issue_language').where('issue_id', '=', issueId).execute()
  const tags = languages.map((one, position) => ({ issue_id: issueId, position, ...one }))
  if (tags.length > 0) await tx.insertInto('issue_language').values(tags).execute()
  const said = texts.map((one) => ({ ...one, texts: JSON.stringify(one.texts) }))
  if (said.length > 0) await tx.insertInto('block_text').values(said).execute()
}

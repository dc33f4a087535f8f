import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'
import { ConflictError, NotFoundError } from '../errors.js'
import { keepVersion } from './keep-version.js'
import type { TemplateInput } from './template-form.js'

/** A template as its editor saw it: a change is refused when another one came in between. */
export type TemplateState = { id: string; version: number }

/**
 * Saves a template that is still as its editor saw it and returns the new version. What is `typed`, not saved by a button, becomes one
 * version with what was typed just before. Throws `ConflictError` (somebody else was quicker, or it is archived), `NotFoundError`.
 */
export async function reviseTemplate(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { id, version }: TemplateState,
  { name, source, by, isTyped = false }: TemplateInput & { by: string | null; isTyped?: boolean },
): Promise<number> {
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    const next = version + 1
    const saved = await tx
      .updateTable('template')
      .set({ name, source, version: next, updated_by: by, updated_at: now })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('archived_at', 'is', null)
      .executeTakeFirst()
    if (saved.numUpdatedRows !== 1n) await explainRefusal(tx, id)
    await keepVersion(tx, { id, name, source, version: next }, { by, now, isTyped })
    return next
  })
}

async function explainRefusal(tx: Tx, id: string): Promise<never> {
  const template = await tx
    .selectFrom('template')
    .leftJoin('account', 'account.id', 'template.updated_by')
    .select(['archived_at', 'account.name as editor'])
    .where('template.id', '=', id)
    .executeTakeFirst()
  if (!template) throw new NotFoundError('There is no such template.')
  throw new ConflictError(
    template.archived_at
      ? 'This template is archived: bring it back before you change it.'
      : `${template.editor ?? 'Somebody'} has changed this template since you opened it. Copy what you wrote, reload the page and put it in again; nothing of yours has been lost.`,
  )
}

import type { Context } from '../../context.js'
import { ConflictError, NotFoundError } from '../../errors.js'
import { DEFAULT_FORM } from './find-form.js'

/** Closes a form, so that nobody can join with it, or opens it again; who joined by it stays. Throws `NotFoundError`, and `ConflictError` for the general form. */
export async function closeForm(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { id, isClosed }: { id: string; isClosed: boolean },
): Promise<void> {
  const form = await db.selectFrom('form').select('slug').where('id', '=', id).executeTakeFirst()
  if (!form) throw new NotFoundError('There is no such form.')
  if (form.slug === DEFAULT_FORM && isClosed)
    throw new ConflictError('The general form stays open: mails and pages link to it.')
  await db
    .updateTable('form')
    .set({ closed_at: isClosed ? clock.now() : null })
    .where('id', '=', id)
    .where('closed_at', isClosed ? 'is' : 'is not', null)
    .execute()
}

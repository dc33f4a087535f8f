import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { InvalidError, sentences } from '../errors.js'
import { ListForm, type ListInput, listColumns } from './list-form.js'
import { slugOf } from './slug-of.js'

/** Adds a list and returns its id; its slug is made from the name. Throws `InvalidError`. */
export async function createList(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  input: ListInput,
): Promise<string> {
  const parsed = ListForm.safeParse(input)
  if (!parsed.success) throw new InvalidError(sentences(parsed.error))
  const now = clock.now()
  const id = newId(now)
  const slug = slugOf(parsed.data.name, 'list')
  const row = {
    id,
    ...listColumns(parsed.data),
    created_at: now,
    archived_at: null,
  }
  const inserted = await db
    .insertInto('list')
    .values({ ...row, slug })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n)
    await db
      .insertInto('list')
      .values({ ...row, slug: `${slug}-${id.slice(-12)}` })
      .execute()
  return id
}

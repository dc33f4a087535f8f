import type { Context } from '../../context.js'
import { InvalidError, sentences } from '../../errors.js'
import { FieldForm, type FieldInput, fieldColumns } from './field-form.js'
import { keyProblem, suggestKey } from './field-key.js'

/** Adds a field at the end and returns its key, which never changes again; left empty, the key is made from the label. Throws `InvalidError`. */
export async function createField(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  input: FieldInput & { key?: string },
): Promise<string> {
  const parsed = FieldForm.safeParse(input)
  const key = input.key?.trim() || suggestKey(input.label)
  const problem = keyProblem(key)
  if (!parsed.success || problem)
    throw new InvalidError({
      ...(parsed.success ? {} : sentences(parsed.error)),
      ...(problem && input.label.trim() !== '' ? { key: problem } : {}),
    })
  const added = await db
    .insertInto('field')
    .values(({ selectFrom, fn, lit, eb }) => ({
      key,
      ...fieldColumns(parsed.data),
      position: selectFrom('field').select(
        eb(fn.coalesce(fn.max('position'), lit(0)), '+', lit(1)).as('next'),
      ),
      created_at: clock.now(),
      archived_at: null,
    }))
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows === 0n)
    throw new InvalidError({ key: `There is a field ${key} already, perhaps in the archive.` })
  return key
}

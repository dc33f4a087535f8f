import type { Context } from '../../context.js'
import { fieldOf, fields } from './fields.js'

/** Moves a field one place up or down among those in use; the first and the last stay where they are. Throws `NotFoundError`. */
export async function moveField(
  { db }: Pick<Context, 'db'>,
  { key, direction }: { key: string; direction: 'up' | 'down' },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.selectFrom('field').select('key').orderBy('key').forUpdate().execute()
    await fieldOf({ db: tx }, key)
    const keys = (await fields({ db: tx })).map((field) => field.key)
    const from = keys.indexOf(key)
    const to = from + (direction === 'up' ? -1 : 1)
    const other = keys[to]
    if (from < 0 || other === undefined) return
    keys.splice(from, 1)
    keys.splice(to, 0, key)
    for (const [index, moved] of keys.entries())
      await tx
        .updateTable('field')
        .set({ position: index + 1 })
        .where('key', '=', moved)
        .execute()
  })
}

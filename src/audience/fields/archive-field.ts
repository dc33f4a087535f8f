import type { Context } from '../../context.js'
import { fieldOf } from './fields.js'

/** Takes a field out of use, or back into it: forms do not ask for it any more, what people have in it stays, and merge fields go on working. Throws `NotFoundError`. */
export async function archiveField(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { key, isArchived }: { key: string; isArchived: boolean },
): Promise<void> {
  await fieldOf({ db }, key)
  await db
    .updateTable('field')
    .set({ archived_at: isArchived ? clock.now() : null })
    .where('key', '=', key)
    .where('archived_at', isArchived ? 'is' : 'is not', null)
    .execute()
}

import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'

/** Takes a template out of use: issues that have it keep it, no other can be given it. Throws `NotFoundError`. */
export async function archiveTemplate(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  id: string,
): Promise<void> {
  await setArchived({ db }, id, clock.now())
}

/** Brings an archived template back; throws `NotFoundError`. */
export async function unarchiveTemplate({ db }: Pick<Context, 'db'>, id: string): Promise<void> {
  await setArchived({ db }, id, null)
}

async function setArchived({ db }: Pick<Context, 'db'>, id: string, archived_at: Date | null): Promise<void> {
  const done = await db.updateTable('template').set({ archived_at }).where('id', '=', id).executeTakeFirst()
  if (done.numUpdatedRows !== 1n) throw new NotFoundError('There is no such template.')
}

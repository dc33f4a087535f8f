import { z } from 'zod'
import type { Tx } from '../../../db/database.js'
import { newId } from '../../../db/uuid.js'
import type { Context } from '../../context.js'
import { ConflictError, InvalidError } from '../../errors.js'
import type { Group } from './segment-tree.js'

/** What a segment is called. */
export const SegmentName = z
  .string()
  .trim()
  .min(1, 'Give the segment a name.')
  .max(100, 'Keep this below 100 characters.')
  .refine((name) => !/\p{Cc}/u.test(name), 'Use a single line of plain text.')

type Needs = Pick<Context, 'db' | 'clock'>
type Wanted = { name: string; tree: Group }

/** Saves a new segment and returns its id; throws `InvalidError` when another one in use has its name. */
export async function createSegment(
  { db, clock }: Needs,
  { name, tree, by }: Wanted & { by: string | null },
): Promise<string> {
  const now = clock.now()
  const id = newId(now)
  await db.transaction().execute(async (tx) => {
    await refuseTakenName(tx, name, id)
    const row = { id, name, tree: JSON.stringify(tree), created_by: by, archived_at: null }
    await tx
      .insertInto('segment')
      .values({ ...row, created_at: now, updated_at: now })
      .execute()
  })
  return id
}

/**
 * Saves a segment's name and conditions; issues that are scheduled or on their way keep what it was before. Throws `InvalidError` for a
 * name that is taken, `ConflictError` when it is out of use.
 */
export async function reviseSegment({ db, clock }: Needs, id: string, { name, tree }: Wanted): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await refuseTakenName(tx, name, id)
    const saved = await tx
      .updateTable('segment')
      .set({ name, tree: JSON.stringify(tree), updated_at: clock.now() })
      .where('id', '=', id)
      .where('archived_at', 'is', null)
      .executeTakeFirst()
    if (saved.numUpdatedRows === 0n) throw new ConflictError('This segment is no longer in use.')
  })
}

/** Takes a segment out of use; issues that have it keep it. */
export async function archiveSegment({ db, clock }: Needs, id: string): Promise<void> {
  await db
    .updateTable('segment')
    .set({ archived_at: clock.now() })
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .execute()
}

async function refuseTakenName(tx: Tx, name: string, id: string): Promise<void> {
  const other = await tx
    .selectFrom('segment')
    .select('id')
    .where(({ eb, fn, val }) => eb(fn<string>('lower', ['name']), '=', fn<string>('lower', [val(name)])))
    .where('archived_at', 'is', null)
    .where('id', '<>', id)
    .executeTakeFirst()
  if (other) throw new InvalidError({ name: 'There is a segment with this name.' })
}

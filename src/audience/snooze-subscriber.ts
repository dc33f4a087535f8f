import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { presentSubscriberId } from './present-subscriber.js'

/** For how many weeks somebody may rest. */
export const SNOOZE_WEEKS = [1, 2, 4, 8, 12, 26] as const

const WEEK_MS = 7 * 24 * 3_600_000

type Needs = Pick<Context, 'db' | 'clock'>

/** Leaves somebody out of every issue that is sent within so many weeks from now; it ends by itself. Throws `NotFoundError`. */
export async function snoozeSubscriber(
  { db, clock }: Needs,
  { subscriberId, weeks }: { subscriberId: string; weeks: number },
): Promise<void> {
  await rest(db, subscriberId, new Date(clock.now().getTime() + weeks * WEEK_MS))
}

/** Lets issues come again at once. Throws `NotFoundError`. */
export async function endSnooze(
  { db }: Pick<Needs, 'db'>,
  { subscriberId }: { subscriberId: string },
): Promise<void> {
  await rest(db, subscriberId, null)
}

async function rest(db: Context['db'], subscriberId: string, snoozed_until: Date | null): Promise<void> {
  const saved = await db
    .updateTable('subscriber')
    .set({ snoozed_until })
    .where('id', '=', await presentSubscriberId(db, subscriberId))
    .executeTakeFirst()
  if (saved.numUpdatedRows === 0n) throw new NotFoundError('This link is not one of ours.')
}

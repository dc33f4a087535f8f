import { z } from 'zod'
import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'
import { moveNewsItems } from './move-news-items.js'
import { newsItem } from './news-item.js'
import { newsStatesBefore } from './news-status.js'

/** Why a proposal is not taken; whoever proposed it reads it. */
export const RejectionForm = z.object({
  note: z
    .string()
    .trim()
    .min(1, 'Say in a few words why, so that your partner knows.')
    .max(1000, 'Keep this below 1,000 characters.'),
})

/** Rejects a proposal with a note; throws `ConflictError` when it has been decided or changed meanwhile, `NotFoundError` when there is none. */
export async function rejectNewsItem(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  id: string,
  { note, by, version = null }: { note: string; by: string | null; version?: number | null },
): Promise<void> {
  const moved = await moveNewsItems(db, [{ id, version }], { to: 'rejected', note, by, now: clock.now() })
  if (moved === 1) return
  const { status } = await newsItem({ db }, id)
  if (newsStatesBefore('rejected').includes(status))
    throw new ConflictError('This news item has just been changed: read it again before you decide.')
  throw new ConflictError(`This news item is ${status} already.`)
}

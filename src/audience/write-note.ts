import { z } from 'zod'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'

/** The text of a note. */
export const NoteForm = z.object({
  text: z
    .string()
    .trim()
    .min(1, 'Write something first.')
    .max(2000, 'Keep this below 2,000 characters.')
    .transform((text) => text.replace(/\r\n/g, '\n')),
})

/** Writes a note about a subscriber. */
export async function writeNote(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { subscriberId, text, by }: { subscriberId: string; text: string; by: string },
): Promise<void> {
  const now = clock.now()
  await db
    .insertInto('subscriber_note')
    .values({ id: newId(now), subscriber_id: subscriberId, author_id: by, text, written_at: now })
    .execute()
}

/** Takes a note away again. */
export async function removeNote(
  { db }: Pick<Context, 'db'>,
  { subscriberId, noteId }: { subscriberId: string; noteId: string },
): Promise<void> {
  await db
    .deleteFrom('subscriber_note')
    .where('id', '=', noteId)
    .where('subscriber_id', '=', subscriberId)
    .execute()
}

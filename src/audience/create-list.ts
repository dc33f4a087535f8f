import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'

export type ListInput = { name: string; description?: string; language?: string; isPublic?: boolean }

const NAME_MAX = 200

/** Adds a list and returns its id; its slug is made from the name. Throws `InvalidError`. */
export async function createList(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { name, description = '', language = 'en', isPublic = true }: ListInput,
): Promise<string> {
  const trimmed = name.trim()
  if (trimmed === '') throw new InvalidError({ name: 'Give the list a name.' })
  if (trimmed.length > NAME_MAX) throw new InvalidError({ name: 'Keep the name below 200 characters.' })
  const now = clock.now()
  const id = newId(now)
  const slug = slugOf(trimmed)
  const row = {
    id,
    name: trimmed,
    description: description.trim(),
    language,
    is_public: isPublic,
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

function slugOf(name: string): string {
  const words = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  return (
    words
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)
      .replace(/^-+|-+$/g, '') || 'list'
  )
}

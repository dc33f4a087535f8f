import type { Picture } from '../../db/tables/picture.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'

/** One picture of the library; throws `NotFoundError`. */
export async function picture({ db }: Pick<Context, 'db'>, id: string): Promise<Picture> {
  const found = await db.selectFrom('picture').selectAll().where('id', '=', id).executeTakeFirst()
  if (!found) throw new NotFoundError('There is no such picture.')
  return found
}

/** The pictures with these ids, in their order; what does not exist is left out. */
export async function pictures({ db }: Pick<Context, 'db'>, ids: readonly string[]): Promise<Picture[]> {
  if (ids.length === 0) return []
  const found = await db
    .selectFrom('picture')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return ids.flatMap((id) => found.filter((one) => one.id === id))
}

/** The picture of the library that an address leads to, if it leads to one. */
export async function pictureByAddress(
  { db }: Pick<Context, 'db'>,
  address: string,
): Promise<Picture | undefined> {
  const name = /\/pictures\/([^/?#]+)$/.exec(address)?.[1]
  if (!name) return undefined
  return db.selectFrom('picture').selectAll().where('name', '=', name).executeTakeFirst()
}

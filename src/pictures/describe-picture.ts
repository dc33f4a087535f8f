import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { altText } from './alt-text.js'

/** Says what a picture shows; where it is used already, the text stays. Throws `InvalidError` at `alt`, `NotFoundError`. */
export async function describePicture({ db }: Pick<Context, 'db'>, id: string, alt: string): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('picture')
    .set({ alt: altText(alt) })
    .where('id', '=', id)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotFoundError('There is no such picture.')
}

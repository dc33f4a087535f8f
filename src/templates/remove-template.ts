import type { Context } from '../context.js'
import { ConflictError, NotFoundError } from '../errors.js'
import { templateUses } from './template-uses.js'

/** Deletes a template and its versions for good. Throws `ConflictError` while an issue has it, `NotFoundError`. */
export async function removeTemplate({ db }: Pick<Context, 'db'>, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const held = await tx
      .selectFrom('template')
      .select('id')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!held) throw new NotFoundError('There is no such template.')
    const [use, ...others] = await templateUses({ db: tx }, id)
    if (use) {
      const more = others.length > 0 ? ` and ${others.length} more` : ''
      throw new ConflictError(
        `The issue “${use.title}”${more} has this template, so it can only be archived.`,
      )
    }
    await tx.deleteFrom('template').where('id', '=', id).execute()
  })
}

import type { Kysely } from 'kysely'
import type { Tables } from '../../db/tables/index.js'
import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'
import { lockPicture } from './lock-picture.js'
import { picture } from './picture.js'
import { everyPictureUse } from './picture-uses.js'

/** Deletes a picture and its file for good. Throws `ConflictError` while a news item, an issue, a template or the brand shows it, `NotFoundError`. */
export async function removePicture({ db, files }: Pick<Context, 'db' | 'files'>, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { name } = await picture({ db: tx }, id)
    await lockPicture(tx, name)
    await refuseWhileUsed(tx, name)
    await tx.deleteFrom('picture').where('id', '=', id).execute()
    await files.remove(name)
  })
}

const WHAT = { news: 'news item', issue: 'issue', template: 'template' } as const

async function refuseWhileUsed(tx: Kysely<Tables>, name: string): Promise<void> {
  const [use] = await everyPictureUse(tx, name)
  if (!use) return
  if (use.kind === 'brand')
    throw new ConflictError('This picture belongs to your brand (Settings, Brand), so it has to stay.')
  throw new ConflictError(`This picture is used in the ${WHAT[use.kind]} “${use.title}”, so it has to stay.`)
}

import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../db/tables/index.js'
import type { Picture } from '../../db/tables/picture.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { altText } from './alt-text.js'
import { lockPicture } from './lock-picture.js'
import { type MailPicture, mailPicture } from './mail-picture.js'
import { pictureName } from './picture-name.js'

type Needs = Pick<Context, 'db' | 'clock' | 'files'>
type Upload = { bytes: Buffer; name: string; alt: string; by: string | null }

/**
 * Takes a picture into the library, made fit for mail. The same picture again is the one that is there; it gets the alt text if
 * it had none. Throws `InvalidError` with a sentence at `picture` or `alt`.
 */
export async function addPicture(ctx: Needs, upload: Upload): Promise<Picture> {
  const alt = altText(upload.alt)
  const sourceSha256 = createHash('sha256').update(upload.bytes).digest('hex')
  const known = await ctx.db
    .selectFrom('picture')
    .select('id')
    .where('source_sha256', '=', sourceSha256)
    .executeTakeFirst()
  const again = known && (await describeWhenBare(ctx.db, known, alt))
  if (again) return again
  const made = await mailPicture(upload.bytes)
  return keep(ctx, made, { ...upload, alt, sourceSha256 })
}

async function keep(
  { db, clock, files }: Needs,
  made: MailPicture,
  { name, alt, by, sourceSha256 }: Upload & { sourceSha256: string },
): Promise<Picture> {
  const now = clock.now()
  const { bytes, sha256, type, width, height, frames } = made
  const row = { name: pictureName(made), sha256, type, width, height, frames, bytes: bytes.length }
  const own = { id: newId(now), source_sha256: sourceSha256, file_name: shortName(name), alt, created_by: by }
  return db.transaction().execute(async (tx) => {
    await lockPicture(tx, row.name)
    await files.put(row.name, { bytes, type })
    const added = await tx
      .insertInto('picture')
      .values({ ...row, ...own, created_at: now })
      .onConflict((conflict) => conflict.column('sha256').doNothing())
      .returningAll()
      .executeTakeFirst()
    return added ?? (await describeWhenBare(tx, { sha256 }, alt))!
  })
}

async function describeWhenBare(
  db: Kysely<Tables>,
  which: { id: string } | { sha256: string },
  alt: string,
): Promise<Picture | undefined> {
  return db
    .updateTable('picture')
    .set({ alt: sql<string>`case when alt = '' then ${alt} else alt end` })
    .$call((query) =>
      'id' in which ? query.where('id', '=', which.id) : query.where('sha256', '=', which.sha256),
    )
    .returningAll()
    .executeTakeFirst()
}

// Browsers send the name alone, other programs a path.
function shortName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  return last.replace(/\p{Cc}/gu, '').slice(-200)
}

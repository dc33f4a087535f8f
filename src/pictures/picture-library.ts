import type { Picture } from '../../db/tables/picture.js'
import type { Context } from '../context.js'
import { type PictureUse, pictureUses } from './picture-uses.js'

const PAGE_SIZE = 24

export type PictureFilter = { search?: string; page?: number }
export type PicturePage = {
  pictures: (Picture & { uses: PictureUse[] })[]
  total: number
  page: number
  pages: number
}

/** One page of the library, the newest first: pictures whose alt text or file name holds the search words. */
export async function pictureLibrary(
  { db }: Pick<Context, 'db'>,
  { search = '', page: wanted = 1 }: PictureFilter = {},
): Promise<PicturePage> {
  const pattern = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`
  const found = db
    .selectFrom('picture')
    .where((eb) => eb.or([eb('alt', 'ilike', pattern), eb('file_name', 'ilike', pattern)]))
  const { total } = await found.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const pages = Math.max(1, Math.ceil(Number(total) / PAGE_SIZE))
  const page = Math.min(wanted, pages)
  const rows = await found
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE)
    .execute()
  const uses = await pictureUses(
    db,
    rows.map(({ name }) => name),
  )
  const shown = rows.map((row) => ({ ...row, uses: uses.get(row.name) ?? [] }))
  return { pictures: shown, total: Number(total), page, pages }
}

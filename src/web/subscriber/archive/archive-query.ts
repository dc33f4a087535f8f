import type { Request } from 'express'
import { z } from 'zod'
import type { Context } from '../../../context.js'
import { NotFoundError } from '../../../errors.js'
import { type ArchiveIndex, archiveIndex } from '../../../issues/archive/archive-index.js'
import type { ArchiveFilter } from '../../../issues/archive/public-issues.js'

const one = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (Array.isArray(value) ? value[0] : value), schema)

const Query = z.object({
  q: one(z.string().trim().max(100).catch('')),
  year: one(z.coerce.number().int().min(1970).max(9998).nullable().catch(null)),
  list: one(z.string().min(1).max(200).nullable().catch(null)),
  page: one(z.coerce.number().int().min(1).max(10_000).catch(1)),
})

/** What an address asks of the archive. */
export type Asked = {
  query: z.output<typeof Query>
  index: ArchiveIndex
  /** The list it is narrowed to. */
  list: ArchiveIndex['lists'][number] | null
  filter: ArchiveFilter
}

/** Reads the address of the archive or one of its feeds; throws `NotFoundError` for a list that is not there for everybody. */
export async function readArchiveQuery({ db }: Pick<Context, 'db'>, req: Request): Promise<Asked> {
  const query = Query.parse(req.query)
  const index = await archiveIndex({ db })
  const list = index.lists.find(({ slug }) => slug === query.list) ?? null
  if (query.list !== null && !list) throw new NotFoundError('There is no such list in the archive.')
  const filter = { search: query.q, year: query.year, listId: list?.id ?? null, page: query.page }
  return { query, index, list, filter }
}

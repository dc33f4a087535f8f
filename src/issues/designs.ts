import { z } from 'zod'
import type { DatabaseOrTx, Tx } from '../../db/database.js'
import type { Template } from '../../db/tables/template.js'
import { InvalidError } from '../errors.js'
import {
  BUILT_IN_DESIGNS,
  builtInDesign,
  DEFAULT_DESIGN,
  type Design,
  isBuiltIn,
} from '../rendering/designs.js'

type Needs = { db: DatabaseOrTx }

/** The designs an issue can be given, with a name and what each is for: those that come with the product, then the designers' templates. */
export async function designsOffered({ db }: Needs): Promise<Pick<Design, 'id' | 'name' | 'says'>[]> {
  const templates = await db
    .selectFrom('template')
    .select(['id', 'name'])
    .where('archived_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return [
    ...BUILT_IN_DESIGNS.map(({ id, name, says }) => ({ id, name, says })),
    ...templates.map(({ id, name }) => ({ id, name, says: 'A template of your own.' })),
  ]
}

/** The design of an id; one that no longer exists is the project newsletter, so that no issue is left without. */
export async function designById({ db }: Needs, id: string): Promise<Design> {
  if (isBuiltIn(id)) return builtInDesign(id)
  const template = z.uuid().safeParse(id).success
    ? await db.selectFrom('template').selectAll().where('id', '=', id).executeTakeFirst()
    : undefined
  return template ? templateDesign(template) : builtInDesign(DEFAULT_DESIGN)
}

/** A designer's template as a design; its blocks look as in the one it is based on. */
export function templateDesign({
  id,
  name,
  base,
  format,
  source,
}: Pick<Template, 'id' | 'name' | 'base' | 'format' | 'source'>): Design {
  return { ...builtInDesign(isBuiltIn(base) ? base : DEFAULT_DESIGN), id, name, own: { format, source } }
}

/** Throws `InvalidError` at `design` for an id that is not offered, unless the issue has it already; none is fine. */
export async function checkDesign(ctx: Needs, id: string | undefined, current?: string): Promise<void> {
  if (id === undefined || id === current) return
  if ((await designsOffered(ctx)).some((design) => design.id === id)) return
  throw new InvalidError({ design: 'There is no such design.' })
}

/** Keeps a template from being removed while an issue is given it; throws `InvalidError` when that has just happened. */
export async function holdDesign(tx: Tx, id: string | undefined): Promise<void> {
  if (id === undefined || !z.uuid().safeParse(id).success) return
  const held = await tx.selectFrom('template').select('id').where('id', '=', id).forShare().executeTakeFirst()
  if (!held) throw new InvalidError({ design: 'This template has just been removed.' })
}

import type { DatabaseOrTx } from '../../db/database.js'
import { InvalidError } from '../errors.js'
import {
  BUILT_IN_DESIGNS,
  builtInDesign,
  DEFAULT_DESIGN,
  type Design,
  isBuiltIn,
} from '../rendering/designs.js'

type Needs = { db: DatabaseOrTx }

/** The designs an issue can be given, with a name and what each is for. */
export async function designsOffered(_ctx: Needs): Promise<Pick<Design, 'id' | 'name' | 'says'>[]> {
  return BUILT_IN_DESIGNS.map(({ id, name, says }) => ({ id, name, says }))
}

/** The design of an id; one that no longer exists is the project newsletter, so that no issue is left without. */
export async function designById(_ctx: Needs, id: string): Promise<Design> {
  return builtInDesign(isBuiltIn(id) ? id : DEFAULT_DESIGN)
}

/** Throws `InvalidError` at `design` for an id that is not offered; none is fine. */
export async function checkDesign(ctx: Needs, id: string | undefined): Promise<void> {
  if (id === undefined || (await designsOffered(ctx)).some((design) => design.id === id)) return
  throw new InvalidError({ design: 'There is no such design.' })
}

import { lists } from '../audience/lists.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'

/** The id of the list of this name. Throws `InvalidError` at `list`. */
export async function listCalled({ db }: Pick<Context, 'db'>, name: string): Promise<string> {
  const found = (await lists({ db })).find((list) => list.name === name)
  if (!found) throw new InvalidError({ list: `There is no list called “${name}”.` })
  return found.id
}

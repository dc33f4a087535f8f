import { type Segment, segments } from '../audience/segments/segments.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'

/** The segment in use of this name. Throws `InvalidError` at `segment`. */
export async function segmentCalled({ db }: Pick<Context, 'db'>, name: string): Promise<Segment> {
  const found = (await segments({ db })).find((segment) => segment.name === name)
  if (!found) throw new InvalidError({ segment: `There is no segment called “${name}”.` })
  return found
}

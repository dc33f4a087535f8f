import { countPeople, samplePeople } from '../../../audience/count-people.js'
import { segmentFacts } from '../../../audience/segments/segment-facts.js'
import type { Context } from '../../../context.js'
import { subscriberName } from '../subscribers/subscriber-name.js'
import type { CheckedTree } from './check-tree.js'

const COUNTING_MS = 2500
const SAMPLING_MS = 1500
const SAMPLED = 10

/** Who is in a segment that is being written: how many, as far as that can be found out at once, and ten of them. */
export async function peopleView(ctx: Pick<Context, 'db' | 'clock'>, read: CheckedTree) {
  if ('errors' in read) return { isUnfinished: true }
  const segment = { tree: read.tree, facts: await segmentFacts(ctx.db, ctx.clock.now()) }
  const counted = await countPeople(ctx, { segment }, COUNTING_MS)
  const sample = await samplePeople(ctx, { segment }, { most: SAMPLED, milliseconds: SAMPLING_MS })
  return {
    isUnfinished: false,
    words: countWords(counted),
    isJudged: counted?.isExact === false,
    sample:
      sample?.map((person) => ({ id: person.id, email: person.email, name: subscriberName(person) })) ?? null,
  }
}

/** A count in words, honest about how it was found. */
export function countWords(counted: { count: number; isExact: boolean } | null): string {
  if (!counted) return 'Too many to count at once'
  const number = new Intl.NumberFormat('en-GB').format(counted.count)
  if (counted.isExact) return `${number} ${counted.count === 1 ? 'person' : 'people'}`
  return counted.count === 0 ? 'Very few people' : `About ${number} people`
}

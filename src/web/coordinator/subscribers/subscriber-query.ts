import { z } from 'zod'
import { segmentFacts } from '../../../audience/segments/segment-facts.js'
import { findSegment } from '../../../audience/segments/segments.js'
import type { SubscriberFilter } from '../../../audience/subscriber-filter.js'
import type { Context } from '../../../context.js'
import { NotFoundError } from '../../../errors.js'

const SubscriberQuery = z.object({
  q: z.string().trim().max(254).default(''),
  list: z.uuid().or(z.literal('')).default(''),
  status: z.enum(['pending', 'confirmed', 'unsubscribed', '']).default(''),
  segment: z.uuid().or(z.literal('')).default(''),
  // Where to go on from says nothing about whom.
  after: z.uuid().or(z.literal('')).catch(''),
})
export type SubscriberQuery = z.infer<typeof SubscriberQuery>

/**
 * What the address of the subscribers' page, or of an act on those people, asks for. Throws `NotFoundError` for what makes no sense: without it the
 * same address would mean everybody.
 */
export function readSubscriberQuery(given: unknown): SubscriberQuery {
  const read = SubscriberQuery.safeParse(given)
  if (!read.success)
    throw new NotFoundError('Nobody can be found this way: the address of this page is not whole.')
  return read.data
}

/** Whom a query means. Throws `NotFoundError` for a segment that is gone. */
export async function filterOf(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { q, list, status, segment }: SubscriberQuery,
): Promise<SubscriberFilter> {
  const found = segment ? await findSegment({ db }, segment) : null
  return {
    search: q,
    ...(list ? { listId: list } : {}),
    ...(status ? { status } : {}),
    ...(found ? { segment: { tree: found.tree, facts: await segmentFacts(db, clock.now()) } } : {}),
  }
}

/** The address of the page for a query, or of another page about the same people. */
export function subscribersPath(query: Partial<SubscriberQuery>, path = '/subscribers'): string {
  const kept = Object.entries(query).filter(([, value]) => value)
  const text = new URLSearchParams(kept).toString()
  return text ? `${path}?${text}` : path
}
